import { type Correction, isCount } from "./series.ts";
import { dayOfSlot, type SlotRange, SLOTS_PER_DAY } from "./slot.ts";
import { addSums, NO_SUMS, type SlotSums } from "./sums.ts";

/** Sums over all 288 slots of a day, as measured. */
export interface DaySums {
  bad: number;
  total: number;
  coveredSlots: number;
}

/** A day of the ledger: its sums and, where they are at hand, its slots; NaN is a gap. */
export interface LedgerDay {
  sums: DaySums;
  slots: { bad: Float64Array; total: Float64Array } | null;
}

/** What people took out of, or put into, a day: by the slot's place in it. */
export interface DayChanges {
  excluded: Uint8Array;
  corrections: ReadonlyMap<number, Pick<Correction, "badDelta" | "totalDelta">>;
}

/** The days of one measure and group, and what an SLO changes about them. */
export interface LedgerView {
  /** The first slot of the history; what lies before it is not missing. */
  firstSlot: number;
  day: (day: number) => LedgerDay | undefined;
  changes?: (day: number) => DayChanges | undefined;
}

/** Sums of a day's slots. */
export function daySums(bad: Float64Array, total: Float64Array): DaySums {
  const sums = { bad: 0, total: 0, coveredSlots: 0 };
  for (let at = 0; at < SLOTS_PER_DAY; at++) {
    const badHere = bad[at]!;
    const totalHere = total[at]!;
    if (!isCount(badHere) || !isCount(totalHere)) continue;
    sums.bad += badHere;
    sums.total += totalHere;
    sums.coveredSlots++;
  }
  return sums;
}

/** A slot with its correction: never below 0, never more bad events than events; a correction fills a gap. */
function corrected(
  bad: number,
  total: number,
  correction: Pick<Correction, "badDelta" | "totalDelta"> | undefined,
): { bad: number; total: number } {
  if (!correction) return { bad, total };
  const all = Math.max(0, (isCount(total) ? total : 0) + correction.totalDelta);
  return { total: all, bad: Math.min(all, Math.max(0, (isCount(bad) ? bad : 0) + correction.badDelta)) };
}

const NO_SLOTS = new Float64Array(SLOTS_PER_DAY).fill(NaN);

function sumPart(
  day: LedgerDay | undefined,
  changes: DayChanges | undefined,
  from: number,
  to: number,
): SlotSums {
  if (day && !day.slots) throw new RangeError("the slots of this day are not at hand");
  const { bad, total } = day?.slots ?? { bad: NO_SLOTS, total: NO_SLOTS };
  const sums = { ...NO_SUMS, slots: to - from };
  for (let at = from; at < to; at++) {
    if (changes?.excluded[at]) {
      sums.excludedSlots++;
      continue;
    }
    const slot = corrected(bad[at]!, total[at]!, changes?.corrections.get(at));
    if (!isCount(slot.bad) || !isCount(slot.total)) continue;
    sums.bad += slot.bad;
    sums.total += slot.total;
    sums.coveredSlots++;
  }
  return sums;
}

/**
 * Sums over a range of slots: whole days by their sums, the days at its edges and those with changes slot by slot, so
 * that a month costs little more than a day. Throws a RangeError when the slots of such a day are not at hand.
 */
export function sumDays({ firstSlot, day, changes }: LedgerView, range: SlotRange): SlotSums {
  const from = Math.max(range.from, firstSlot);
  let sums = NO_SUMS;
  for (let number = dayOfSlot(from); number * SLOTS_PER_DAY < range.to; number++) {
    const start = number * SLOTS_PER_DAY;
    const first = Math.max(0, from - start);
    const end = Math.min(SLOTS_PER_DAY, range.to - start);
    const here = day(number);
    const changed = changes?.(number);
    const whole = first === 0 && end === SLOTS_PER_DAY && !changed;
    const part = whole
      ? { ...(here?.sums ?? NO_SUMS), excludedSlots: 0, slots: SLOTS_PER_DAY }
      : sumPart(here, changed, first, end);
    sums = addSums(sums, part);
  }
  return sums;
}

/** The days whose slots {@link sumDays} needs for ranges with these edges. */
export function edgeDays(ranges: readonly SlotRange[]): Set<number> {
  return new Set(ranges.flatMap(({ from, to }) => [dayOfSlot(from), dayOfSlot(to - 1)]));
}
