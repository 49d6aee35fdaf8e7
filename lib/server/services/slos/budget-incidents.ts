import "server-only";
import type { BudgetGraphs, Spend } from "#lib/contracts/slo-budgets.ts";
import { impactRange } from "#lib/domain/incidents/impact.ts";
import { attributeSpend, type SpendPart } from "#lib/domain/slo/budget/attribution.ts";
import { KEY_LABEL } from "#lib/domain/slo/rules/rule-labels.ts";
import { type SlotRange, slotStartMs } from "#lib/domain/slo/slots/slot.ts";
import { writeRatio } from "#lib/domain/words/figures.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findDuring } from "#lib/server/db/incident-span.repo.ts";
import type { IncidentRecord } from "#lib/server/db/incident.repo.ts";
import { findOfIncidents } from "#lib/server/db/occurrence.repo.ts";
import { impactSpan } from "#lib/server/incidents/impact.ts";
import { incidentFilter } from "#lib/server/services/incidents/visibility.ts";
import type { BudgetPlace } from "./budget-place.ts";
import type { BudgetReadings } from "./budget-readings.ts";

const NAMED = 10;

/** The incidents of a range that an SLO's alerts belong to, or that are about its service or node. */
export async function incidentsOf(
  tx: Transaction,
  actor: Actor,
  { slo, definition }: Pick<BudgetPlace, "slo" | "definition">,
  { from, to }: SlotRange,
): Promise<IncidentRecord[]> {
  const isVisible = await incidentFilter(actor);
  const all = await findDuring(tx, new Date(slotStartMs(from)), new Date(slotStartMs(to)));
  const seen = all.filter(isVisible);
  const alerts = await findOfIncidents(
    tx,
    seen.map(({ id }) => id),
  );
  const burning = new Set(
    alerts.filter(({ labels }) => labels[KEY_LABEL] === slo.key).map(({ incidentId }) => incidentId),
  );
  const { service, node } = definition;
  return seen.filter(
    (one) =>
      burning.has(one.id) ||
      (service !== null && one.service === service) ||
      (service === null && node !== null && one.node === node),
  );
}

/** What each incident spent over a budget's window; a slot of two of them is that of the first. */
function partsOf(
  incidents: readonly IncidentRecord[],
  { window, nowMs }: BudgetPlace,
  { over }: BudgetReadings,
): SpendPart[] {
  let taken = window.soFar.from;
  return incidents
    .map((incident) => ({ id: incident.id, span: impactSpan(incident, nowMs) }))
    .sort((a, b) => a.span.fromMs - b.span.fromMs)
    .map(({ id, span }) => {
      const range = impactRange(span.fromMs, span.toMs);
      const from = Math.max(range.from, taken);
      const to = Math.min(window.soFar.to, range.to);
      taken = Math.max(taken, to);
      const { bad, total } = over({ from, to: Math.max(from, to) });
      return { name: id, bad, total: total ?? 0 };
    });
}

/** Who spent a budget, by incident; what was spent while there was none has no name. */
export function spendByIncident(
  incidents: readonly IncidentRecord[],
  place: BudgetPlace,
  readings: BudgetReadings,
): Spend["parts"] {
  const { bad, budgetConsumedRatio } = place.state.evaluated.budget;
  const shares = attributeSpend(
    partsOf(incidents, place, readings),
    { bad: bad ?? 0, budgetConsumedRatio },
    NAMED,
  );
  return shares.map((share) => ({ ...share, burnRate: null }));
}

/** Incidents as a budget's graphs mark them, each with what it spent of the window. */
export function incidentAnnotations(
  incidents: readonly IncidentRecord[],
  place: BudgetPlace,
  readings: BudgetReadings,
): BudgetGraphs["annotations"] {
  const spent = new Map(spendByIncident(incidents, place, readings).map((one) => [one.name, one]));
  return incidents.map((incident) => {
    const { id, severity, title, resolvedAt } = incident;
    const ratio = spent.get(id)?.budgetConsumedRatio ?? null;
    const cost = ratio === null ? "" : `, spent ${writeRatio(ratio)} of the budget`;
    return {
      atMs: impactSpan(incident, place.nowMs).fromMs,
      untilMs: resolvedAt?.getTime() ?? null,
      kind: "incident",
      text: `${id} ${severity} ${title}${cost}`,
    };
  });
}
