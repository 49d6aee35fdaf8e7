import { burnRate, type Reading } from "../budget/reading.ts";
import { type TierInForce, type TierKey, spendOfBurn } from "./tiers.ts";

/** What a tier says of the readings of its two windows. */
export interface TierState {
  key: TierKey;
  firing: boolean;
  longBurnRate: number | null;
  shortBurnRate: number | null;
  /** The share of the budget that the long window has spent (`budgetSpend`). */
  budgetSpendRatio: number | null;
}

/** The readings of a tier's two windows. */
export interface TierReadings {
  long: Reading;
  short: Reading;
}

const above = (rate: number | null, factor: number): boolean => rate !== null && rate > factor;

/**
 * Whether a tier alerts: both windows burn faster than its factor, and the long one holds at least the minimum of bad
 * events. Null for `minimumBadEvents` where slices and not events are counted: there is no such guard then.
 */
export function evaluateTier(
  tier: TierInForce,
  { long, short }: TierReadings,
  target: number,
  windowDays: number,
  minimumBadEvents: number | null,
): TierState {
  const longBurnRate = burnRate(long, target);
  const shortBurnRate = burnRate(short, target);
  const burning = above(longBurnRate, tier.factor) && above(shortBurnRate, tier.factor);
  return {
    key: tier.key,
    firing: tier.disabledReason === null && burning && long.bad >= (minimumBadEvents ?? 0),
    longBurnRate,
    shortBurnRate,
    budgetSpendRatio: longBurnRate === null ? null : spendOfBurn(longBurnRate, tier.longMinutes, windowDays),
  };
}
