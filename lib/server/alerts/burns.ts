import "server-only";
import type { Budget } from "#lib/contracts/slo-budgets.ts";
import { BURN_ALERT } from "#lib/domain/slo/rules/alert-rules.ts";
import { ACTION_LABEL, KEY_LABEL, OBJECTIVE_LABEL, TIER_LABEL } from "#lib/domain/slo/rules/rule-labels.ts";
import { transaction } from "#lib/server/db/client.ts";
import { lockAlerts } from "#lib/server/db/incident.repo.ts";
import { findSlos, type SloRecord } from "#lib/server/db/slo.repo.ts";
import { findStates, type StateRecord } from "#lib/server/db/slo-state.repo.ts";
import { type OwnAlert, takeInOwn } from "./own-alerts.ts";

/** Evaluations older than this say nothing of now. */
const CURRENT_MS = 5 * 60_000;

type Tier = Budget["tiers"][number];

function labelsOf({ key, definition }: SloRecord, budget: Budget, tier: Tier): Record<string, string> {
  const { service = null, node = null } = definition ?? {};
  return {
    ...budget.group,
    alertname: BURN_ALERT,
    [KEY_LABEL]: key,
    [OBJECTIVE_LABEL]: String(budget.objective),
    [TIER_LABEL]: tier.key,
    [ACTION_LABEL]: tier.action,
    ...(service === null ? {} : { service }),
    ...(node === null ? {} : { node }),
  };
}

const rate = (value: number | null) => (value === null ? "?" : value.toFixed(1));

/** Whether a tier fires; null when nothing is known of it just now. */
export function firingOf(budget: Budget, tier: Tier): boolean | null {
  if (tier.firing) return true;
  const known = tier.longBurnRate !== null && tier.shortBurnRate !== null;
  return known || budget.silenced ? false : null;
}

function alertsOf(slo: SloRecord, { evaluated }: StateRecord): OwnAlert[] {
  const { budget } = evaluated;
  return budget.tiers.map((tier) => ({
    labels: labelsOf(slo, budget, tier),
    annotations: {
      summary: `${slo.key} burns its error budget ${rate(tier.longBurnRate)} times too fast`,
      description: `Burn rate ${rate(tier.longBurnRate)} over ${tier.longMinutes} min and ${rate(tier.shortBurnRate)} over ${tier.shortMinutes} min; the line is ${tier.factor}.`,
      ...(slo.definition?.runbookUrl ? { runbook_url: slo.definition.runbookUrl } : {}),
    },
    firing: firingOf(budget, tier),
  }));
}

/** Takes in which SLOs burn, by the newest evaluation: what has been evaluated lately, nothing else. */
export async function takeInBurns(): Promise<void> {
  await transaction(async (tx) => {
    await lockAlerts(tx);
    const states = await findStates(tx);
    const nowMs = Date.now();
    const newest = Math.max(...states.map(({ evaluatedAt }) => evaluatedAt.getTime()));
    if (states.length > 0 && nowMs - newest > CURRENT_MS) return;
    const slos = new Map((await findSlos(tx)).map((slo) => [slo.id, slo]));
    const alerts = states.flatMap((state) => {
      const slo = slos.get(state.sloId);
      return slo ? alertsOf(slo, state) : [];
    });
    await takeInOwn(tx, BURN_ALERT, alerts, nowMs);
  });
}
