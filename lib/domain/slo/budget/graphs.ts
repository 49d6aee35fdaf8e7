import { complement, decimal } from "../decimal.ts";
import { sumBetween, type SlotPrefix } from "../slots/prefix.ts";
import type { SlotRange } from "../slots/slot.ts";
import { meanTotal, type OnMissing, settle, type SlotSums } from "../slots/sums.ts";
import { budgetFigures, netWindowSlots } from "./budget.ts";
import { type Reading, readingOf } from "./reading.ts";

/** What both graphs need to know of an objective. */
export interface GraphObjective {
  target: number;
  /** The length of W. */
  windowSlots: number;
  onMissing: OnMissing;
}

/** A line over time: at the beginning of slot `slots[i]`, all slots before it counted. */
export interface BudgetLine {
  slots: number[];
  budgetRemainingRatio: (number | null)[];
}

/** The edges `from`, `from + step`, … and `to` itself, so that a line ends where it should. */
function edges({ from, to }: SlotRange, step: number): number[] {
  const slots: number[] = [];
  for (let slot = from; slot < to; slot += step) slots.push(slot);
  return [...slots, to];
}

/** "Trailing budget" of whatever can be read over any range: what was left over the trailing W at each t. */
export function trailingBudgetOf(
  over: (range: SlotRange) => Reading,
  range: SlotRange,
  stepSlots: number,
  { target, windowSlots }: Omit<GraphObjective, "onMissing">,
): BudgetLine {
  const slots = edges(range, stepSlots);
  const budgetRemainingRatio = slots.map(
    (to) => budgetFigures(over({ from: to - windowSlots, to }), target, windowSlots).budgetRemainingRatio,
  );
  return { slots, budgetRemainingRatio };
}

/** {@link trailingBudgetOf} the slots of one SLO. The last point is the figure of the budget itself. */
export function trailingBudget(
  prefix: SlotPrefix,
  range: SlotRange,
  stepSlots: number,
  objective: GraphObjective,
): BudgetLine {
  const over = (one: SlotRange) => readingOf(settle(sumBetween(prefix, one), objective.onMissing));
  return trailingBudgetOf(over, range, stepSlots, objective);
}

/** The burn-down: what is left to date, what an even spending would leave, and where this burn leads. */
export interface BurnDown extends BudgetLine {
  idealRemainingRatio: number[];
  /** From now on, if the burn is sustained; null before, and without a burn rate. */
  projectedRemainingRatio: (number | null)[];
}

/** Bad events by the end of a range over the budget in events, both as known by `whole`, the period to date. */
function spentOf(
  sums: SlotSums,
  whole: SlotSums,
  { target, windowSlots, onMissing }: GraphObjective,
): number {
  const mean = meanTotal(whole);
  const { total, coveredSlots, excludedSlots } = settle(whole, onMissing, mean);
  const net = netWindowSlots(windowSlots, { excludedSlots });
  return settle(sums, onMissing, mean).bad / (complement(target) * total * Math.max(1, net / coveredSlots));
}

/**
 * "Burn-down" over a period: the calendar window's own, or the W just gone of a rolling one. The budget in events is
 * that of the period as known now, so the line only falls, and at `now` meets the budget's own figure.
 *
 * @param now the slot that has not begun yet: all before it is past.
 */
export function burnDown(
  prefix: SlotPrefix,
  period: SlotRange,
  now: number,
  stepSlots: number,
  objective: GraphObjective,
  sustainedBurnRate: number | null,
): BurnDown {
  const whole = sumBetween(prefix, { from: period.from, to: now });
  const known = whole.total > 0 || (objective.onMissing === "bad" && whole.slots > whole.excludedSlots);
  const remainingAt = (slot: number): number | null => {
    if (!known || slot > now) return null;
    return decimal(1 - spentOf(sumBetween(prefix, { from: period.from, to: slot }), whole, objective));
  };
  const end = Math.min(now, period.to);
  const past = edges({ from: period.from, to: end }, stepSlots);
  const slots =
    period.to > now ? [...past, ...edges({ from: now, to: period.to }, stepSlots).slice(1)] : past;
  const left = remainingAt(end);
  const project = (slot: number): number | null =>
    slot < end || left === null || sustainedBurnRate === null
      ? null
      : decimal(left - (sustainedBurnRate * (slot - end)) / objective.windowSlots);
  return {
    slots,
    budgetRemainingRatio: slots.map(remainingAt),
    idealRemainingRatio: slots.map((slot) => decimal(1 - (slot - period.from) / (period.to - period.from))),
    projectedRemainingRatio: slots.map(project),
  };
}
