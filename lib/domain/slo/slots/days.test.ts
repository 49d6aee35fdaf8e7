import fc from "fast-check";
import { expect, it } from "vitest";
import { daySums, edgeDays, type LedgerDay, type LedgerView, sumDays } from "./days.ts";
import { withCorrections, withExclusions } from "./series.ts";
import { SLOTS_PER_DAY } from "./slot.ts";
import { sumSlots } from "./sums.ts";

const DAYS = 4;
const FIRST = 100 * SLOTS_PER_DAY;
const LENGTH = DAYS * SLOTS_PER_DAY;

function daysOf(bad: readonly number[], total: readonly number[], keepSlots: (day: number) => boolean) {
  const days = new Map<number, LedgerDay>();
  for (let at = 0; at < DAYS; at++) {
    const slice = (values: readonly number[]) =>
      Float64Array.from(values.slice(at * SLOTS_PER_DAY, (at + 1) * SLOTS_PER_DAY));
    const slots = { bad: slice(bad), total: slice(total) };
    days.set(100 + at, { sums: daySums(slots.bad, slots.total), slots: keepSlots(100 + at) ? slots : null });
  }
  return days;
}

const slot = fc.oneof(
  { weight: 4, arbitrary: fc.record({ bad: fc.nat(50), good: fc.nat(500) }) },
  { weight: 1, arbitrary: fc.constant(null) },
);
const seriesArb = fc.array(slot, { minLength: LENGTH, maxLength: LENGTH });
const rangeArb = fc
  .tuple(fc.integer({ min: 0, max: LENGTH - 1 }), fc.integer({ min: 1, max: LENGTH }))
  .map(([a, b]) => ({ from: FIRST + Math.min(a, b - 1), to: FIRST + Math.max(a + 1, b) }));

it("equals the sums slot by slot, with the slots of the edges alone at hand", () => {
  fc.assert(
    fc.property(seriesArb, rangeArb, (slots, range) => {
      const bad = slots.map((one) => (one ? one.bad : NaN));
      const total = slots.map((one) => (one ? one.bad + one.good : NaN));
      const edges = edgeDays([range]);
      const days = daysOf(bad, total, (day) => edges.has(day));
      const view: LedgerView = { firstSlot: FIRST, day: (day) => days.get(day) };
      expect(sumDays(view, range)).toEqual(sumSlots({ firstSlot: FIRST, bad, total }, range));
    }),
    { numRuns: 40 },
  );
});

it("equals them with exclusions and corrections too", () => {
  const changed = fc.record({ at: fc.nat(LENGTH - 1), bad: fc.integer({ min: -60, max: 60 }) });
  fc.assert(
    fc.property(seriesArb, rangeArb, fc.nat(LENGTH - 1), changed, (slots, range, excludedAt, correction) => {
      const bad = slots.map((one) => (one ? one.bad : NaN));
      const total = slots.map((one) => (one ? one.bad + one.good : NaN));
      const days = daysOf(bad, total, () => true);
      const delta = { badDelta: correction.bad, totalDelta: 10 };
      const series = withExclusions(
        withCorrections({ firstSlot: FIRST, bad: bad.map(gapAsNull), total: total.map(gapAsNull) }, [
          { slot: FIRST + correction.at, ...delta },
        ]),
        [{ from: FIRST + excludedAt, to: FIRST + excludedAt + 1 }],
      );
      const view: LedgerView = {
        firstSlot: FIRST,
        day: (day) => days.get(day),
        changes: (day) => {
          const start = day * SLOTS_PER_DAY - FIRST;
          const excluded = new Uint8Array(SLOTS_PER_DAY);
          const inDay = (at: number) => at >= start && at < start + SLOTS_PER_DAY;
          if (inDay(excludedAt)) excluded[excludedAt - start] = 1;
          const corrections = new Map(inDay(correction.at) ? [[correction.at - start, delta]] : []);
          return { excluded, corrections };
        },
      };
      expect(sumDays(view, range)).toEqual(sumSlots(series, range));
    }),
    { numRuns: 40 },
  );
});

const gapAsNull = (value: number) => (Number.isNaN(value) ? null : value);

it("counts days without a row as missing, and nothing before the history began", () => {
  const view: LedgerView = { firstSlot: FIRST + 10, day: () => undefined };
  expect(sumDays(view, { from: FIRST - 500, to: FIRST + SLOTS_PER_DAY })).toEqual({
    bad: 0,
    total: 0,
    coveredSlots: 0,
    excludedSlots: 0,
    slots: SLOTS_PER_DAY - 10,
  });
});

it("refuses to guess what a cut day holds", () => {
  const view: LedgerView = {
    firstSlot: FIRST,
    day: () => ({ sums: { bad: 1, total: 2, coveredSlots: 3 }, slots: null }),
  };
  expect(() => sumDays(view, { from: FIRST + 1, to: FIRST + SLOTS_PER_DAY })).toThrow(RangeError);
});
