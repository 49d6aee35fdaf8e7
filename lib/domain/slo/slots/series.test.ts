import { describe, expect, it, test } from "vitest";
import { seriesFrom } from "../testing.ts";
import {
  type NumeratorForm,
  seriesOf,
  type SlotValue,
  slotValue,
  withCorrections,
  withExclusions,
} from "./series.ts";
import { sumSlots } from "./sums.ts";

describe("slotValue", () => {
  it.each<[string, NumeratorForm, number | null | undefined, number | null | undefined, SlotValue | null]>([
    ["bad over total", "bad", 3, 10, { bad: 3, total: 10 }],
    ["good over total", "good", 7, 10, { bad: 3, total: 10 }],
    ["no series of bad events: a perfect service", "bad", undefined, 10, { bad: 0, total: 10 }],
    ["no series of good events: nothing was good", "good", null, 10, { bad: 10, total: 10 }],
    ["no traffic is data", "bad", 0, 0, { bad: 0, total: 0 }],
    ["no total is a gap", "bad", 3, null, null],
    ["NaN is a gap, not 0", "bad", Number.NaN, 10, null],
    ["a NaN total is a gap", "bad", 1, Number.NaN, null],
    ["Infinity is a gap", "good", Number.POSITIVE_INFINITY, 10, null],
    ["-Infinity is a gap", "bad", Number.NEGATIVE_INFINITY, 10, null],
    ["a negative count is a gap", "bad", -1, 10, null],
    ["more bad than all is all", "bad", 10.4, 10, { bad: 10, total: 10 }],
    ["more good than all is none bad", "good", 10.4, 10, { bad: 0, total: 10 }],
  ])("%s", (_, form, numerator, total, expected) => {
    expect(slotValue(form, numerator, total)).toEqual(expected);
  });
});

test("columns become a series, slot by slot", () => {
  const series = seriesOf("good", 100, [9, null, 5, Number.NaN], [10, 10, null, 10]);
  expect(series).toEqual({ firstSlot: 100, bad: [1, 10, null, null], total: [10, 10, null, null] });
});

describe("withExclusions", () => {
  const raw = seriesFrom([[1, 10], [5, 10], [0, 10], null], 100);

  it("drops numerator and denominator both, and keeps the raw figure", () => {
    const corrected = withExclusions(raw, [{ from: 101, to: 102 }]);
    expect(sumSlots(corrected)).toEqual({ bad: 1, total: 20, coveredSlots: 2, excludedSlots: 1, slots: 4 });
    expect(sumSlots(raw)).toEqual({ bad: 6, total: 30, coveredSlots: 3, excludedSlots: 0, slots: 4 });
  });

  it("counts what two windows share once, and nothing outside the series", () => {
    const corrected = withExclusions(raw, [
      { from: 90, to: 102 },
      { from: 101, to: 500 },
    ]);
    expect(sumSlots(corrected)).toEqual({ bad: 0, total: 0, coveredSlots: 0, excludedSlots: 4, slots: 4 });
  });
});

describe("withCorrections", () => {
  const raw = seriesFrom([[4, 10], null], 100);

  it.each([
    ["bad events were none", { slot: 100, badDelta: -3, totalDelta: 0 }, [1, null], [10, null]],
    ["a slot never falls below 0", { slot: 100, badDelta: -9, totalDelta: 0 }, [0, null], [10, null]],
    [
      "nor has more bad events than events",
      { slot: 100, badDelta: 99, totalDelta: 0 },
      [10, null],
      [10, null],
    ],
    ["fewer events hold fewer bad ones", { slot: 100, badDelta: 0, totalDelta: -8 }, [2, null], [2, null]],
    ["a gap is filled", { slot: 101, badDelta: 2, totalDelta: 5 }, [4, 2], [10, 5]],
    ["another time is not ours", { slot: 102, badDelta: 2, totalDelta: 5 }, [4, null], [10, null]],
  ])("%s", (_, correction, bad, total) => {
    expect(withCorrections(raw, [correction])).toEqual({ firstSlot: 100, bad, total });
    expect(raw.bad).toEqual([4, null]);
  });
});
