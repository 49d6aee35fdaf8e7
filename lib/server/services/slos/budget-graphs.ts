import "server-only";
import type { BudgetGraphs } from "#lib/contracts/slo-budgets.ts";
import { budgetFigures, consumedRatio, netWindowSlots } from "#lib/domain/slo/budget/budget.ts";
import {
  type BurnDown,
  burnDown,
  type GraphObjective,
  trailingBudget,
} from "#lib/domain/slo/budget/graphs.ts";
import type { Reading } from "#lib/domain/slo/budget/reading.ts";
import { decimal } from "#lib/domain/slo/decimal.ts";
import { prefixOf } from "#lib/domain/slo/slots/prefix.ts";
import { type SlotRange, slotStartMs } from "#lib/domain/slo/slots/slot.ts";
import type { BudgetPlace } from "./budget-place.ts";
import type { BudgetReadings } from "./budget-readings.ts";

/** A line is drawn from so many points at most. */
const MAX_POINTS = 300;
const STEP_SLOTS = [1, 2, 3, 6, 12, 24, 36, 72, 144];

/** The finest step at which a window has few enough points to be drawn. */
export function stepOfGraph(windowSlots: number): number {
  return STEP_SLOTS.find((step) => windowSlots / step <= MAX_POINTS) ?? 288;
}

type Over = BudgetReadings["over"];

function steps({ from, to }: SlotRange, step: number): number[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, at) => from + at * step);
}

/** The trailing budget of a journey: its steps combined over each trailing window. */
function trailingJourney(
  over: Over,
  range: SlotRange,
  step: number,
  { target, windowSlots }: GraphObjective,
) {
  const slots = steps(range, step);
  const left = (to: number) =>
    budgetFigures(over({ from: to - windowSlots, to }), target, windowSlots).budgetRemainingRatio;
  return { slots, budgetRemainingRatio: slots.map(left) };
}

const EMPTY = prefixOf({ firstSlot: 0, bad: [], total: [] });

/** The burn-down of a journey: its steps combined over the period up to each time. */
function burnDownJourney(
  over: Over,
  period: SlotRange,
  now: number,
  step: number,
  objective: GraphObjective,
  sustained: number | null,
): BurnDown {
  const { target, windowSlots } = objective;
  const frame = burnDown(EMPTY, period, now, step, objective, null);
  const net = netWindowSlots(windowSlots, over({ from: period.from, to: now }));
  const leftAt = (slot: number): number | null => {
    if (slot > now) return null;
    const consumed = consumedRatio(over({ from: period.from, to: slot }), target, net);
    return consumed === null ? null : decimal(1 - consumed);
  };
  const left = leftAt(now);
  const project = (slot: number) =>
    slot < now || left === null || sustained === null
      ? null
      : decimal(left - (sustained * (slot - now)) / windowSlots);
  return {
    ...frame,
    budgetRemainingRatio: frame.slots.map(leftAt),
    projectedRemainingRatio: frame.slots.map(project),
  };
}

/** The SLI per step of a range: good ratio and events. */
export function sliLine(over: Over, range: SlotRange, step: number, timeOf: (slot: number) => number) {
  const ends = steps(range, step).slice(1);
  const readings = ends.map((to): Reading => over({ from: to - step, to }));
  const known = ({ coveredSlots, errorRatio }: Reading) => coveredSlots > 0 || errorRatio !== null;
  return {
    timesMs: ends.map(timeOf),
    goodRatio: readings.map(({ errorRatio }) => (errorRatio === null ? null : decimal(1 - errorRatio))),
    bad: readings.map((one) => (known(one) && one.total !== null ? decimal(one.bad) : null)),
    total: readings.map((one) => (known(one) && one.total !== null ? decimal(one.total) : null)),
  };
}

/** The first slot that the graphs of a budget need: the trailing window of the graph's own beginning. */
export function firstSlotOfGraphs({ endSlot, window }: BudgetPlace): number {
  return endSlot - 2 * Math.ceil(window.slots);
}

/** Both budget graphs and the SLI over one window, as of the evaluation. */
export function graphsOf(
  { state, definition, objective, endSlot, nowMs, window }: BudgetPlace,
  { over, own }: BudgetReadings,
): Pick<BudgetGraphs, "trailing" | "burnDown" | "sli"> {
  const step = stepOfGraph(window.slots);
  const { target } = objective;
  const graph: GraphObjective = { target, windowSlots: window.slots, onMissing: definition.onMissing };
  const range = { from: endSlot - Math.floor(window.slots / step) * step, to: endSlot };
  const from = window.soFar.from;
  const period = { from, to: from + Math.ceil(window.slots) };
  const { sustainedBurnRate } = state.evaluated.budget;
  // The open slot is counted as far as it has come.
  const timeOf = (slot: number) => (slot === endSlot ? nowMs : slotStartMs(slot));
  const trailing = own
    ? trailingBudget(own.prefix, range, step, graph)
    : trailingJourney(over, range, step, graph);
  const down = own
    ? burnDown(own.prefix, period, endSlot, step, graph, sustainedBurnRate)
    : burnDownJourney(over, period, endSlot, step, graph, sustainedBurnRate);
  const { slots, ...lines } = down;
  return {
    trailing: {
      timesMs: trailing.slots.map(timeOf),
      budgetRemainingRatio: trailing.budgetRemainingRatio,
    },
    burnDown: { timesMs: slots.map(timeOf), ...lines },
    sli: sliLine(over, range, step, timeOf),
  };
}
