import { describe, expect, it, test } from "vitest";
import type { Comparison } from "../definition/sli.ts";
import { sliceComparison } from "../definition/sli.ts";
import { countSlices, passes, sumSliceRatios } from "./slices.ts";

const atLeast = (value: number): Comparison => ({ operator: ">=", value });

test.each<[number | null, Comparison["operator"], number, boolean]>([
  [2, ">", 2, false],
  [2, ">=", 2, true],
  [2, "<", 2, false],
  [2, "<=", 2, true],
  [2, "==", 2, true],
  [1, "==", 2, false],
  [null, "<", 2, false],
  [Number.NaN, "<=", 2, false],
  [Number.NEGATIVE_INFINITY, "<", 2, false],
  [Number.POSITIVE_INFINITY, ">", 2, false],
])("%s %s %s is %s", (value, operator, limit, expected) => {
  expect(passes(value, { operator, value: limit })).toBe(expected);
});

describe("time slices of a slot", () => {
  it("counts slices, not events", () => {
    expect(countSlices([1, 0.999, 0.5, 1, 1], atLeast(0.99))).toEqual({ bad: 1, total: 5 });
  });

  it("drops empty slices; without any the slot is a gap", () => {
    expect(countSlices([1, null, 0.2, Number.NaN, null], atLeast(0.99))).toEqual({ bad: 1, total: 2 });
    expect(countSlices([null, null], atLeast(0.99))).toBeNull();
  });

  it("judges freshness by the age: 30 min old is still fresh", () => {
    const fresh = sliceComparison({
      kind: "freshness",
      lastSuccess: { metric: "last", matchers: [] },
      maxAgeSeconds: 1800,
    });
    expect(countSlices([60, 1800, 1800.5, 4000, 5], fresh)).toEqual({ bad: 2, total: 5 });
  });

  it("judges throughput and probes by their own comparison", () => {
    const events = { metric: "events_total", matchers: [] };
    expect(sliceComparison({ kind: "throughput", events, perSecond: atLeast(10) })).toEqual(atLeast(10));
    expect(sliceComparison({ kind: "probe", expression: "up", good: atLeast(1) })).toEqual(atLeast(1));
  });
});

describe("ratio time slices of a slot", () => {
  it("adds up the bad shares: 0.1 + 0.2 + 0 of three slices", () => {
    expect(sumSliceRatios([0.9, 0.8, 1, null])).toEqual({ bad: 0.3, total: 3 });
  });

  it("weighs a quiet minute like a busy one, and a gap not at all", () => {
    expect(sumSliceRatios([0, 1, 1, 1, 1])).toEqual({ bad: 1, total: 5 });
    expect(sumSliceRatios([null])).toBeNull();
  });
});
