import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seriesFrom, sumsOf } from "../testing.ts";
import { prefixOf, sumBetween } from "./prefix.ts";
import { withExclusions } from "./series.ts";
import { addSums, countMissingAsBad, missingSlots, NO_SUMS, sumSlots } from "./sums.ts";

const slot = fc.option(
  fc
    .record({ total: fc.nat(10_000), share: fc.double({ min: 0, max: 1, noNaN: true }) })
    .map(({ total, share }) => [Math.floor(total * share), total] as const),
  { nil: null },
);
const slots = fc.array(slot, { maxLength: 400 });

describe("sums over slots", () => {
  it("leaves gaps and broken values out of numerator, denominator and cover", () => {
    const series = { firstSlot: 0, bad: [1, null, Number.NaN, 2], total: [10, 10, 10, 20] };
    expect(sumSlots(series)).toEqual({ bad: 3, total: 30, coveredSlots: 2, excludedSlots: 0, slots: 4 });
  });

  it("clips a range to the series", () => {
    const series = seriesFrom(
      [
        [1, 10],
        [2, 20],
      ],
      50,
    );
    expect(sumSlots(series, { from: 0, to: 51 })).toEqual(sumsOf(1, 10, 1));
    expect(sumSlots(series, { from: 60, to: 70 })).toEqual(NO_SUMS);
  });

  it("adds up: the sums of parts are the sums of the whole", () => {
    fc.assert(
      fc.property(slots, fc.nat(400), (values, cut) => {
        const series = seriesFrom(values, 7);
        const first = sumSlots(series, { from: 7, to: 7 + cut });
        const rest = sumSlots(series, { from: Math.min(7 + cut, 7 + values.length), to: 7 + values.length });
        expect(addSums(first, rest)).toEqual(sumSlots(series));
      }),
    );
  });

  it("does not depend on the order of slots", () => {
    fc.assert(
      fc.property(slots, (values) => {
        expect(sumSlots(seriesFrom([...values].reverse()))).toEqual(sumSlots(seriesFrom(values)));
      }),
    );
  });

  it("running sums give the same for every range", () => {
    fc.assert(
      fc.property(slots, fc.nat(420), fc.nat(420), fc.nat(400), (values, from, to, excluded) => {
        const range = { from: excluded, to: excluded + 20 };
        const series = withExclusions(seriesFrom(values, 10), [range]);
        expect(sumBetween(prefixOf(series), { from, to })).toEqual(sumSlots(series, { from, to }));
      }),
    );
  });

  it("running sums of fractions leave nothing where nothing was bad", () => {
    const values = Array.from({ length: 300 }, (_, at) => [at < 299 ? 0.1 : 0, 0.3] as const);
    const prefix = prefixOf(seriesFrom(values));
    expect(sumBetween(prefix, { from: 299, to: 300 }).bad).toBe(0);
    expect(sumBetween(prefix, { from: 0, to: 10 }).bad).toBeCloseTo(1, 12);
  });
});

describe("missing slots", () => {
  const withGaps = sumsOf(2, 800, 10, { coveredSlots: 8, excludedSlots: 1 });

  it("are those neither covered nor excluded", () => expect(missingSlots(withGaps)).toBe(1));

  it("count as bad with the mean traffic: 800 events in 8 slots, so 100 more bad ones", () => {
    expect(countMissingAsBad(withGaps)).toEqual({ ...withGaps, bad: 102, total: 900, coveredSlots: 9 });
  });

  it("are wholly bad when nothing at all was measured", () => {
    const silent = countMissingAsBad(sumsOf(0, 0, 12, { coveredSlots: 0 }));
    expect(silent.bad / silent.total).toBe(1);
    expect(silent.coveredSlots).toBe(12);
  });

  it("change nothing where there are none", () => {
    expect(countMissingAsBad(sumsOf(2, 800, 10))).toEqual(sumsOf(2, 800, 10));
  });
});
