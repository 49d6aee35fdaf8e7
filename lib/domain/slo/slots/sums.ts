import { isCount, rangeOf, type SlotSeries } from "./series.ts";
import type { SlotRange } from "./slot.ts";

/**
 * What the arithmetic of budgets needs of a look-back: sums over its slots. Sums of parts add up to the
 * sums of the whole, so they may come from slots, from per-day aggregates or from prefix sums alike.
 */
export interface SlotSums {
  bad: number;
  total: number;
  /** Slots with data, exclusions not counted. */
  coveredSlots: number;
  /** Slots an exclusion window leaves out. */
  excludedSlots: number;
  /** All slots looked at, from the start of the SLO's history on; what is neither covered nor excluded is missing. */
  slots: number;
}

export const NO_SUMS: SlotSums = { bad: 0, total: 0, coveredSlots: 0, excludedSlots: 0, slots: 0 };

/** The sums of two spans that do not overlap, as one. */
export function addSums(a: SlotSums, b: SlotSums): SlotSums {
  return {
    bad: a.bad + b.bad,
    total: a.total + b.total,
    coveredSlots: a.coveredSlots + b.coveredSlots,
    excludedSlots: a.excludedSlots + b.excludedSlots,
    slots: a.slots + b.slots,
  };
}

/** Sums over the slots of a range, clipped to the series. */
export function sumSlots(series: SlotSeries, range: SlotRange = rangeOf(series)): SlotSums {
  const start = Math.max(0, range.from - series.firstSlot);
  const end = Math.min(series.total.length, range.to - series.firstSlot);
  const sums = { ...NO_SUMS, slots: Math.max(0, end - start) };
  for (let index = start; index < end; index++) {
    const bad = series.bad[index];
    const total = series.total[index];
    if (series.excluded?.[index]) sums.excludedSlots++;
    else if (isCount(bad) && isCount(total)) {
      sums.bad += bad;
      sums.total += total;
      sums.coveredSlots++;
    }
  }
  return sums;
}

/** Slots that should have had data and have none. */
export function missingSlots({ slots, coveredSlots, excludedSlots }: SlotSums): number {
  return Math.max(0, slots - coveredSlots - excludedSlots);
}

/** Mean events per covered slot, which a missing slot is taken to have had; 1 where nothing tells. */
export function meanTotal({ total, coveredSlots }: SlotSums): number {
  return coveredSlots === 0 || total === 0 ? 1 : total / coveredSlots;
}

/**
 * For SLOs whose missing data counts as bad: each missing slot counts as wholly bad, with the mean traffic of the
 * covered slots, by default those of the same look-back.
 */
export function countMissingAsBad(sums: SlotSums, eventsPerSlot = meanTotal(sums)): SlotSums {
  const missing = missingSlots(sums);
  return {
    ...sums,
    bad: sums.bad + missing * eventsPerSlot,
    total: sums.total + missing * eventsPerSlot,
    coveredSlots: sums.coveredSlots + missing,
  };
}

/** What an SLO does with missing slots: leave them out, or count them as bad. */
export type OnMissing = "gap" | "bad";

/** The sums as the SLO's rule for missing slots has them; see {@link countMissingAsBad}. */
export function settle(sums: SlotSums, onMissing: OnMissing, eventsPerSlot?: number): SlotSums {
  return onMissing === "bad" ? countMissingAsBad(sums, eventsPerSlot) : sums;
}
