import "server-only";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import { actionOf } from "#lib/domain/alerts/alert-place.ts";
import type { GateFacts } from "#lib/domain/gate/facts.ts";
import type { RiskInputs } from "#lib/domain/gate/risk.ts";
import { KEY_LABEL } from "#lib/domain/slo/rules/rule-labels.ts";
import { WATCHDOG_MISSING } from "#lib/server/alerts/watchdog.ts";
import { read, type Transaction } from "#lib/server/db/client.ts";
import { findFreezes, type FreezeRecord } from "#lib/server/db/freeze.repo.ts";
import { findOpenIncidents } from "#lib/server/db/incident.repo.ts";
import { findFiringOfServices, isFiring } from "#lib/server/db/occurrence.repo.ts";
import { countReleases } from "#lib/server/db/release.repo.ts";
import { findSpendingsInForce } from "#lib/server/db/spending.repo.ts";
import { inBatches } from "#lib/server/in-batches.ts";
import type { Labels } from "#lib/server/query/types.ts";
import { spanAt } from "./freeze-spans.ts";
import { type BudgetFacts, readBudgets } from "./slo-facts.ts";

const RELEASES_BACK_MS = 30 * 86_400_000;

type Wanted = Pick<CatalogueService, "name" | "tier">;

/** What the database knows of a service that a decision about it depends on, whatever the change is. */
export interface ServiceFacts
  extends BudgetFacts, Pick<GateFacts, "nowMs" | "firingPages" | "openIncidents" | "freezes" | "spending"> {
  releases: RiskInputs["releases"];
}

/** All SLOs page under one name of an alert, each of them in several tiers: the SLO is what tells them apart. */
function pageName({ alertname = "an alert without a name", ...labels }: Labels): string {
  const key = labels[KEY_LABEL];
  return key === undefined ? alertname : `${alertname} of ${key}`;
}

type Firing = Awaited<ReturnType<typeof findFiringOfServices>>;

function pagesOf(service: string, firing: Firing): GateFacts["firingPages"] {
  const since = new Map<string, number>();
  for (const { labels, startsAtMs } of firing) {
    if (labels.service !== service || actionOf(labels) !== "page") continue;
    const name = pageName(labels);
    since.set(name, Math.min(startsAtMs, since.get(name) ?? startsAtMs));
  }
  return [...since].map(([name, sinceMs]) => ({ name, sinceMs }));
}

function freezesOf(
  { name, tier }: Wanted,
  freezes: readonly FreezeRecord[],
  nowMs: number,
): GateFacts["freezes"] {
  return freezes.flatMap((freeze) => {
    const { services, tiers, when } = freeze.document;
    const all = services.length === 0 && tiers.length === 0;
    const concerned = all || services.includes(name) || (tier !== null && tiers.includes(tier));
    const span = concerned ? spanAt(when, nowMs) : null;
    return span ? [{ id: freeze.id, name: freeze.name, untilMs: span.toMs }] : [];
  });
}

async function readAll(tx: Transaction, wanted: readonly Wanted[]): Promise<ServiceFacts[]> {
  const nowMs = Date.now();
  const names = [...new Set(wanted.map(({ name }) => name))];
  const [budgets, unwatched, firing, incidents, freezes, spendings, releases] = await Promise.all([
    readBudgets(tx, names),
    isFiring(tx, WATCHDOG_MISSING),
    findFiringOfServices(tx, names),
    findOpenIncidents(tx),
    findFreezes(tx),
    findSpendingsInForce(tx, names, new Date(nowMs)),
    countReleases(tx, names, new Date(nowMs - RELEASES_BACK_MS)),
  ]);
  return wanted.map((service) => {
    const { name } = service;
    const spending = spendings.find((one) => one.service === name);
    return {
      ...(budgets[names.indexOf(name)] ?? { slos: [], proof: [] }),
      nowMs,
      // Where the dead man's switch has gone off, no page may only mean that none arrives.
      firingPages: unwatched ? null : pagesOf(name, firing),
      openIncidents: incidents
        .filter((incident) => incident.service === name)
        .map(({ id, severity, title }) => ({ id, severity, title })),
      freezes: freezesOf(service, freezes, nowMs),
      spending: spending
        ? {
            id: spending.id,
            amountRatio: spending.amountRatio,
            approvedBy: spending.approvedBy,
            untilMs: spending.expiresAt.getTime(),
          }
        : null,
      releases: releases.get(name) ?? { failed: 0, total: 0 },
    };
  });
}

/**
 * Reads what a decision about a service needs of the database. Two hundred questions a second are read in groups; none
 * of them is answered by what was read before it was asked. @throws `unavailable` when the database is out of reach
 */
export const readServiceFacts: (service: Wanted) => Promise<ServiceFacts> = inBatches(
  "gate.service-facts",
  (wanted: readonly Wanted[]) => read((tx) => readAll(tx, wanted)),
);
