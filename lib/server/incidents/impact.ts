import "server-only";
import { impactRange, spentRatio } from "#lib/domain/incidents/impact.ts";
import { netWindowSlots } from "#lib/domain/slo/budget/budget.ts";
import { slotAt } from "#lib/domain/slo/slots/slot.ts";
import { windowNow } from "#lib/domain/slo/time/periods.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import type { IncidentRecord } from "#lib/server/db/incident.repo.ts";
import type { SloRecord } from "#lib/server/db/slo.repo.ts";
import type { StateRecord } from "#lib/server/db/slo-state.repo.ts";
import { readBudget } from "#lib/server/services/slos/budget-readings.ts";

type Times = Pick<IncidentRecord, "startedAt" | "detectedAt" | "resolvedAt">;

/** The span that an incident spends budgets in, in ms; where nobody knows when it began, from its detection on. */
export function impactSpan(
  { startedAt, detectedAt, resolvedAt }: Times,
  nowMs: number,
): { fromMs: number; toMs: number } {
  return { fromMs: (startedAt ?? detectedAt).getTime(), toMs: resolvedAt?.getTime() ?? nowMs };
}

/**
 * The share of an SLO's budget that an incident spent: the greatest among its objectives and groups, over the window
 * that ends with the incident. Null where nothing was measured. `states` are those of the SLO.
 */
export async function spentOfSlo(
  tx: Transaction,
  slo: SloRecord,
  states: readonly StateRecord[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Promise<number | null> {
  const { definition } = slo;
  if (!definition) return null;
  const range = impactRange(fromMs, toMs);
  const windows = definition.objectives.map(({ window }) => windowNow(window, toMs));
  const firstSlot = Math.min(range.from, ...windows.map(({ soFar }) => soFar.from));
  const ratios: number[] = [];
  for (const state of states.filter(({ objective }) => objective === 0)) {
    const endSlot = slotAt(toMs) + 1;
    const { over } = await readBudget(tx, { slo, definition, state, endSlot }, firstSlot);
    const during = over(range);
    definition.objectives.forEach(({ target }, index) => {
      const window = windows[index]!;
      const whole = over(window.soFar);
      const ratio = spentRatio(during, whole, target, netWindowSlots(window.slots, whole));
      if (ratio !== null) ratios.push(ratio);
    });
  }
  return ratios.length === 0 ? null : Math.max(...ratios);
}
