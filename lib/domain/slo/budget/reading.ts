import { complement, decimal } from "../decimal.ts";
import type { SlotSums } from "../slots/sums.ts";

/** What a look-back says; composites have one too, without totals of their own. */
export interface Reading {
  /** e(x) = bad / total, 0..1; null without data, and where nothing happened. */
  errorRatio: number | null;
  /** Bad events (or slices); of a composite, those of all its steps. */
  bad: number;
  /** Null for composites, which count no events of their own. */
  total: number | null;
  coveredSlots: number;
  excludedSlots: number;
  /** There is data, and it says that nothing happened. */
  noTraffic: boolean;
  /** An exclusion leaves out every slot, so that nothing can be said. */
  whollyExcluded: boolean;
}

/** Reads the sums of a look-back: the sum of bad over the sum of total, never a mean of ratios. */
export function readingOf(sums: SlotSums): Reading {
  const { bad, total, coveredSlots, excludedSlots, slots } = sums;
  return {
    errorRatio: total > 0 ? bad / total : null,
    bad,
    total,
    coveredSlots,
    excludedSlots,
    noTraffic: coveredSlots > 0 && total === 0,
    whollyExcluded: slots > 0 && excludedSlots === slots,
  };
}

/**
 * Burn rate e(x) / B: how many times faster than sustainable the budget is spent; 1 spends all of it in W. Null
 * without data; 0 where nothing happened, which the reading's `noTraffic` flags.
 */
export function burnRate(reading: Pick<Reading, "errorRatio" | "noTraffic">, target: number): number | null {
  if (reading.noTraffic) return 0;
  return reading.errorRatio === null ? null : decimal(reading.errorRatio / complement(target));
}

/**
 * The burn that lasts: the lower of 6 h and 30 min, so that neither an old outage nor a blip counts alone. A look-back
 * that is wholly excluded is passed over; null when one lacks data, or both are excluded.
 */
export function sustainedBurnRate(long: Reading, short: Reading, target: number): number | null {
  const rates = [long, short]
    .filter(({ whollyExcluded }) => !whollyExcluded)
    .map((reading) => burnRate(reading, target));
  const known = rates.filter((rate) => rate !== null);
  return known.length === rates.length && known.length > 0 ? Math.min(...known) : null;
}
