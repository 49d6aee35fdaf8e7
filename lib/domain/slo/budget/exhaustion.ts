import { decimal } from "../decimal.ts";
import { SLOT_MS } from "../slots/slot.ts";

/** When the budget is gone if this burn is sustained. */
export interface Exhaustion {
  /** 0 when it is gone; null when it lasts, or when there is no data to tell. */
  timeToExhaustionSeconds: number | null;
  /** The budget outlives the window, or the calendar period's end. */
  lasts: boolean;
}

/**
 * remaining * W / b, with b the lower burn rate of 6 h and 30 min.
 *
 * @param windowSlots W in slots, exclusions taken out.
 * @param secondsLeft until the calendar period ends, when the budget is whole again; null for rolling windows.
 */
export function timeToExhaustion(
  remainingRatio: number | null,
  sustainedBurnRate: number | null,
  windowSlots: number,
  secondsLeft: number | null,
): Exhaustion {
  if (remainingRatio === null) return { timeToExhaustionSeconds: null, lasts: false };
  if (remainingRatio <= 0) return { timeToExhaustionSeconds: 0, lasts: false };
  if (sustainedBurnRate === null) return { timeToExhaustionSeconds: null, lasts: false };
  const windowSeconds = (windowSlots * SLOT_MS) / 1000;
  const seconds = (remainingRatio * windowSeconds) / sustainedBurnRate;
  const lasts = seconds > (secondsLeft ?? windowSeconds);
  return { timeToExhaustionSeconds: lasts ? null : decimal(seconds), lasts };
}

/**
 * How fast a calendar period's budget goes against an even spending: consumed / elapsed share of the period. Null for
 * rolling windows, without data, and at the very beginning.
 */
export function paceRatio(consumedRatio: number | null, elapsed: number | null): number | null {
  return consumedRatio === null || elapsed === null || elapsed <= 0 ? null : decimal(consumedRatio / elapsed);
}
