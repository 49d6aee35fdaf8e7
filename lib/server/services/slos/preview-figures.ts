import "server-only";
import type { Preview } from "#lib/contracts/slos.ts";
import type { Budget } from "#lib/contracts/slo-budgets.ts";
import { alertHistoryOf } from "#lib/domain/slo/alerts/history.ts";
import { tiersInForce } from "#lib/domain/slo/alerts/tiers.ts";
import { trailingBudgetOf } from "#lib/domain/slo/budget/graphs.ts";
import { groupKey } from "#lib/domain/slo/definition/groups.ts";
import { countsEvents } from "#lib/domain/slo/queries/measure.ts";
import { slotStartMs } from "#lib/domain/slo/slots/slot.ts";
import { compareSloStatus } from "#lib/domain/slo/status/axes.ts";
import { evaluateSlos } from "#lib/server/ledger/evaluate.ts";
import type { EvaluationTime, SloInForce } from "#lib/server/ledger/in-force.ts";
import { sliLine, stepOfGraph } from "./budget-graphs.ts";
import type { PreviewSource } from "./preview-source.ts";

type Figures = Pick<Preview, "budgets" | "graphs" | "alerts">;

function worstOf(budgets: readonly Budget[], objective: number): Budget | undefined {
  const left = ({ budgetRemainingRatio }: Budget) => budgetRemainingRatio ?? Infinity;
  return budgets
    .filter((budget) => budget.objective === objective)
    .sort((a, b) => left(a) - left(b) || compareSloStatus(a.status, b.status))[0];
}

interface Drawn {
  slo: SloInForce;
  source: PreviewSource;
  time: EvaluationTime;
  /** The first slot with data. */
  first: number;
}

function graphOf({ slo, source, time, first }: Drawn, { objective, target, group }: Budget) {
  const window = slo.definition.objectives[objective]?.window;
  if (!window) return [];
  const windowSlots = time.windowNow(window).slots;
  const over = source.over(slo, groupKey(group));
  const end = time.openSlot + 1;
  const step = stepOfGraph(end - first);
  const range = { from: end - Math.floor((end - first) / step) * step, to: end };
  const timeOf = (slot: number) => (slot === end ? time.nowMs : slotStartMs(slot));
  const line = trailingBudgetOf(over, range, step, { target, windowSlots });
  const trailing = {
    timesMs: line.slots.map(timeOf),
    budgetRemainingRatio: line.budgetRemainingRatio,
  };
  return [{ objective, group, trailing, sli: sliLine(over, range, step, timeOf) }];
}

function alertsOf({ slo, source, time, first }: Drawn, { objective, target, group }: Budget) {
  const { definition } = slo;
  const window = definition.objectives[objective]?.window;
  if (!window) return [];
  const key = groupKey(group);
  const readings = { over: source.over(slo, key), isExcluded: source.isExcluded(slo, key) };
  const tiers = tiersInForce(definition.alertTiers, target, window).filter(
    ({ disabledReason }) => disabledReason === null,
  );
  const minimumBadEvents = countsEvents(definition) ? definition.minimumBadEvents : null;
  const history = alertHistoryOf(
    readings,
    { from: first, to: time.openSlot + 1 },
    { target, window, tiers, minimumBadEvents },
  );
  return history
    .filter(({ firing }) => firing.length > 0)
    .map(({ key: tier, firing }) => ({
      objective,
      group,
      tier,
      times: firing.map(({ from, to }) => ({ fromMs: slotStartMs(from), toMs: slotStartMs(to) })),
    }));
}

/** Budgets as the evaluator would write them, and for each objective the story of the group with the least left. */
export async function previewFigures(
  slo: SloInForce,
  all: readonly SloInForce[],
  source: PreviewSource,
  time: EvaluationTime,
): Promise<Figures & { newestSampleMs: number | null }> {
  const states = evaluateSlos(all, source, new Map(), time).filter(({ sloId }) => sloId === slo.id);
  const budgets = states.map(({ evaluated }) => evaluated.budget);
  const newest = states.flatMap(({ evaluated }) => evaluated.newestSampleMs ?? []);
  const first = source.firstSlotOf(slo);
  const figures: Figures = { budgets, graphs: [], alerts: [] };
  const newestSampleMs = newest.length === 0 ? null : Math.max(...newest);
  if (first === null) return { ...figures, newestSampleMs };
  const drawn = { slo, source, time, first };
  for (const [index] of slo.definition.objectives.entries()) {
    const worst = worstOf(budgets, index);
    if (!worst) continue;
    figures.graphs.push(...graphOf(drawn, worst));
    figures.alerts.push(...alertsOf(drawn, worst));
    // Thirty days of alerts are tens of milliseconds: others get their turn between two objectives.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { ...figures, newestSampleMs };
}
