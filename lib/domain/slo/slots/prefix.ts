import { isCount, type SlotSeries } from "./series.ts";
import type { SlotRange } from "./slot.ts";
import type { SlotSums } from "./sums.ts";

/** Running sums of a series: the sums of any range of it cost two look-ups per figure. Entry i sums the first i slots. */
export interface SlotPrefix {
  firstSlot: number;
  length: number;
  bad: Float64Array;
  total: Float64Array;
  covered: Uint32Array;
  excluded: Uint32Array;
}

/** The running sums of a series, for graphs and histories that ask for many ranges of it. */
export function prefixOf(series: SlotSeries): SlotPrefix {
  const length = series.total.length;
  const bad = new Float64Array(length + 1);
  const total = new Float64Array(length + 1);
  const covered = new Uint32Array(length + 1);
  const excluded = new Uint32Array(length + 1);
  for (let index = 0; index < length; index++) {
    const left = series.excluded?.[index] === 1;
    const badHere = series.bad[index];
    const totalHere = series.total[index];
    const counts = !left && isCount(badHere) && isCount(totalHere);
    bad[index + 1] = bad[index]! + (counts ? badHere : 0);
    total[index + 1] = total[index]! + (counts ? totalHere : 0);
    covered[index + 1] = covered[index]! + (counts ? 1 : 0);
    excluded[index + 1] = excluded[index]! + (left ? 1 : 0);
  }
  return { firstSlot: series.firstSlot, length, bad, total, covered, excluded };
}

/** A difference of running sums; what is below their own precision is nothing at all. */
function difference(sums: Float64Array, start: number, end: number): number {
  const last = sums[end]!;
  const value = last - sums[start]!;
  return value < last * 1e-13 ? 0 : value;
}

/** Sums over the slots of a range, clipped to the series: equal to `sumSlots`, in constant time. */
export function sumBetween(prefix: SlotPrefix, range: SlotRange): SlotSums {
  const start = Math.min(prefix.length, Math.max(0, range.from - prefix.firstSlot));
  const end = Math.max(start, Math.min(prefix.length, range.to - prefix.firstSlot));
  return {
    bad: difference(prefix.bad, start, end),
    total: difference(prefix.total, start, end),
    coveredSlots: prefix.covered[end]! - prefix.covered[start]!,
    excludedSlots: prefix.excluded[end]! - prefix.excluded[start]!,
    slots: end - start,
  };
}
