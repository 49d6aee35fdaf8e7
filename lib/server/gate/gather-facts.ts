import "server-only";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import type { EvaluateGate } from "#lib/contracts/gate.ts";
import { actionOf } from "#lib/domain/alerts/alert-place.ts";
import { compareSloStatus } from "#lib/domain/slo/status/axes.ts";
import type { GateFacts, SloFact } from "#lib/domain/gate/facts.ts";
import type { GatePolicy } from "#lib/domain/gate/policy.ts";
import type { RiskInputs } from "#lib/domain/gate/risk.ts";
import { KEY_LABEL } from "#lib/domain/slo/rules/rule-labels.ts";
import { localTimeAt } from "#lib/domain/slo/time/zone.ts";
import { read, type Transaction } from "#lib/server/db/client.ts";
import { findFreezes } from "#lib/server/db/freeze.repo.ts";
import { findOpenIncidents } from "#lib/server/db/incident.repo.ts";
import { findFiringOfService, isFiring } from "#lib/server/db/occurrence.repo.ts";
import { countReleases, findSpending } from "#lib/server/db/release.repo.ts";
import { findSlosOfService, type SloRecord } from "#lib/server/db/slo.repo.ts";
import { findStates, type StateRecord } from "#lib/server/db/slo-state.repo.ts";
import { WATCHDOG_MISSING } from "#lib/server/alerts/watchdog.ts";
import type { Labels } from "#lib/server/query/types.ts";
import { spanAt } from "./freeze-spans.ts";
import { proveStates, type ProvenState, type SloProof } from "./ledger-proof.ts";
import { proveLane } from "./prove-lane.ts";
import { errorsOf } from "./signals.ts";

const RELEASES_BACK_MS = 30 * 86_400_000;

/** What a decision is made of, and what its figures were made of. */
export interface Gathered {
  facts: GateFacts;
  proof: SloProof[];
}

function toFact(slo: SloRecord, state: StateRecord): SloFact {
  const { budget, newestSampleMs } = state.evaluated;
  // A state of an older version says nothing of what is in force; it counts as not measured yet.
  const current = state.version === slo.version;
  return {
    sloId: slo.id,
    key: slo.key ?? slo.id,
    version: slo.version,
    objective: state.objective,
    group: state.groupKey,
    status: current ? state.status : "no_data",
    evaluatedAtMs: state.evaluatedAt.getTime(),
    newestSampleMs,
    budgetRemainingRatio: budget.budgetRemainingRatio,
    budgetRemainingMinutes: budget.budgetRemainingMinutes,
    burnRate6h: budget.burnRate["6h"] ?? null,
  };
}

/** An SLO that was never evaluated: it is there, and nothing is known of it. */
function unmeasured(slo: SloRecord): SloFact {
  return {
    sloId: slo.id,
    key: slo.key ?? slo.id,
    version: slo.version,
    objective: 0,
    group: "{}",
    status: "no_data",
    evaluatedAtMs: 0,
    newestSampleMs: null,
    budgetRemainingRatio: null,
    budgetRemainingMinutes: null,
    burnRate6h: null,
  };
}

async function sloFacts(tx: Transaction, service: string): Promise<{ slos: SloFact[]; proof: SloProof[] }> {
  const slos = await findSlosOfService(tx, service);
  const states = await findStates(
    tx,
    slos.map(({ id }) => id),
  );
  const byId = new Map(slos.map((slo) => [slo.id, slo]));
  const proven = states
    .flatMap((state): ProvenState[] => {
      const slo = byId.get(state.sloId);
      return slo ? [{ slo, state, fact: toFact(slo, state) }] : [];
    })
    .sort((a, b) => compareSloStatus(a.fact.status, b.fact.status));
  const seen = new Set(states.map(({ sloId }) => sloId));
  const blind = slos.filter(({ id }) => !seen.has(id)).map(unmeasured);
  return { slos: [...proven.map(({ fact }) => fact), ...blind], proof: await proveStates(tx, proven) };
}

/** All SLOs page under one name of an alert, each of them in several tiers: the SLO is what tells them apart. */
function pageName({ alertname = "an alert without a name", ...labels }: Labels): string {
  const key = labels[KEY_LABEL];
  return key === undefined ? alertname : `${alertname} of ${key}`;
}

async function firingPages(tx: Transaction, service: string): Promise<GateFacts["firingPages"]> {
  // Where the dead man's switch has gone off, no page may only mean that none arrives.
  if (await isFiring(tx, WATCHDOG_MISSING)) return null;
  const since = new Map<string, number>();
  for (const { labels, startsAtMs } of await findFiringOfService(tx, service)) {
    if (actionOf(labels) !== "page") continue;
    const name = pageName(labels);
    since.set(name, Math.min(startsAtMs, since.get(name) ?? startsAtMs));
  }
  return [...since].map(([name, sinceMs]) => ({ name, sinceMs }));
}

async function freezesOf(
  tx: Transaction,
  { name, tier }: Pick<CatalogueService, "name" | "tier">,
  nowMs: number,
): Promise<GateFacts["freezes"]> {
  return (await findFreezes(tx)).flatMap((freeze) => {
    const { services, tiers, when } = freeze.document;
    const all = services.length === 0 && tiers.length === 0;
    const concerned = all || services.includes(name) || (tier !== null && tiers.includes(tier));
    const span = concerned ? spanAt(when, nowMs) : null;
    return span ? [{ id: freeze.id, name: freeze.name, untilMs: span.toMs }] : [];
  });
}

async function riskInputs(
  tx: Transaction,
  { change }: Pick<EvaluateGate, "change">,
  service: Pick<CatalogueService, "name" | "tier">,
  { nowMs, policy }: { nowMs: number; policy: GatePolicy },
): Promise<RiskInputs> {
  const { zone } = policy.risk.weights.attendedHours;
  const local = localTimeAt(nowMs, zone);
  const weekday = new Date(Date.UTC(local.year, local.month - 1, local.day)).getUTCDay();
  return {
    linesChanged: change.linesChanged ?? null,
    migration: change.migration ?? null,
    rollbackReady: change.rollbackReady ?? null,
    dependents: change.dependents ?? null,
    tier: service.tier,
    releases: await countReleases(tx, service.name, new Date(nowMs - RELEASES_BACK_MS)),
    localTime: { weekday, hour: local.hour },
  };
}

/**
 * Reads everything a decision about a service needs: budgets and their rows, alerts, incidents, freezes and spending
 * from the database, its errors from the sources. What the sources do not answer is null, and then approves nothing.
 * @throws `unavailable` when the database is out of reach
 */
export async function gatherFacts(
  service: Pick<CatalogueService, "name" | "tier">,
  request: Pick<EvaluateGate, "change" | "declaredRisk" | "lane" | "version">,
  policy: GatePolicy,
  { bridging, rejectedAtMs }: { bridging: boolean; rejectedAtMs: number | null },
): Promise<Gathered> {
  const signal = await errorsOf(service.name, { bridging });
  const nowMs = Date.now();
  const claimed = { service: service.name, version: request.version ?? null };
  return read(async (tx) => {
    const [ledger, pages, incidents, freezes, spending, risk, lane] = await Promise.all([
      sloFacts(tx, service.name),
      firingPages(tx, service.name),
      findOpenIncidents(tx),
      freezesOf(tx, service, nowMs),
      findSpending(tx, service.name, new Date(nowMs)),
      riskInputs(tx, request, service, { nowMs, policy }),
      proveLane(tx, request.lane ?? null, claimed),
    ]);
    const facts: GateFacts = {
      nowMs,
      service: service.name,
      tier: service.tier,
      slos: ledger.slos,
      ...signal,
      firingPages: pages,
      openIncidents: incidents
        .filter((incident) => incident.service === service.name)
        .map(({ id, severity, title }) => ({ id, severity, title })),
      freezes,
      risk,
      declaredRisk: request.declaredRisk ?? null,
      lane,
      spending: spending && {
        id: spending.id,
        amountRatio: spending.amountRatio,
        approvedBy: spending.approvedBy,
        untilMs: spending.expiresAt.getTime(),
      },
      rejectedAtMs,
    };
    return { facts, proof: ledger.proof };
  });
}
