import { mergeRanges, type SlotRange } from "./slot.ts";

/** One value per slot; null is a gap: nothing was measured there. */
export type SlotColumn = ArrayLike<number | null>;

/**
 * Bad and total of consecutive slots, as the ledger keeps them: counts of events, or of time slices.
 * A slot is covered when it has both; `excluded` marks the slots that an exclusion window leaves out.
 */
export interface SlotSeries {
  /** Index of the first slot. */
  firstSlot: number;
  bad: SlotColumn;
  total: SlotColumn;
  excluded?: Uint8Array;
}

/** Which way an SLI counts: its numerator holds the good or the bad events. */
export type NumeratorForm = "good" | "bad";

/** One slot's bad and total events. */
export interface SlotValue {
  bad: number;
  total: number;
}

/** Null, NaN, ±Infinity and negative counts are no measurement. */
export function isCount(value: number | null | undefined): value is number {
  return typeof value === "number" && value >= 0 && value < Infinity;
}

/**
 * One slot from what was measured. `undefined` or null is "no series here", any other value that is no
 * count (NaN, ±Infinity, negative) a broken sample. Without a total, or with a broken value, the slot is a gap. With
 * a total, an absent series of bad events means none was bad, an absent series of good events that none
 * was good. Extrapolation may lift the numerator above the total; it is held at the total.
 */
export function slotValue(
  form: NumeratorForm,
  numerator: number | null | undefined,
  total: number | null | undefined,
): SlotValue | null {
  const counted = numerator ?? 0;
  if (!isCount(total) || !isCount(counted)) return null;
  const held = Math.min(counted, total);
  return { bad: form === "bad" ? held : total - held, total };
}

/** Columns of a numerator and a total as a series of bad and total, by the rules of {@link slotValue}. */
export function seriesOf(
  form: NumeratorForm,
  firstSlot: number,
  numerators: SlotColumn,
  totals: SlotColumn,
): SlotSeries {
  const bad: (number | null)[] = [];
  const total: (number | null)[] = [];
  for (let index = 0; index < totals.length; index++) {
    const value = slotValue(form, numerators[index], totals[index]);
    bad.push(value?.bad ?? null);
    total.push(value?.total ?? null);
  }
  return { firstSlot, bad, total };
}

/** The range of slots a series spans. */
export function rangeOf(series: SlotSeries): SlotRange {
  return { from: series.firstSlot, to: series.firstSlot + series.total.length };
}

/** An addition to one slot, made by hand: bad and total events to add (or, negative, to take away). */
export interface Correction {
  slot: number;
  badDelta: number;
  totalDelta: number;
}

/** The same series with slots marked as left out; the values stay, for the raw figure. */
export function withExclusions(series: SlotSeries, ranges: readonly SlotRange[]): SlotSeries {
  const span = rangeOf(series);
  const excluded = new Uint8Array(series.total.length);
  for (const { from, to } of mergeRanges(ranges)) {
    const start = Math.max(from, span.from) - span.from;
    const end = Math.min(to, span.to) - span.from;
    if (end > start) excluded.fill(1, start, end);
  }
  return { ...series, excluded };
}

/**
 * The series with manual corrections added; the given series is not touched and stays the raw figure.
 * A slot never falls below 0 events, nor has more bad events than events. A correction of a gap fills it.
 */
export function withCorrections(series: SlotSeries, corrections: readonly Correction[]): SlotSeries {
  const bad = Array.from(series.bad);
  const total = Array.from(series.total);
  for (const { slot, badDelta, totalDelta } of corrections) {
    const index = slot - series.firstSlot;
    if (index < 0 || index >= total.length) continue;
    const newTotal = Math.max(0, (total[index] ?? 0) + totalDelta);
    total[index] = newTotal;
    bad[index] = Math.min(newTotal, Math.max(0, (bad[index] ?? 0) + badDelta));
  }
  return { ...series, bad, total };
}
