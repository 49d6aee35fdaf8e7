import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { complement, decimal, percentOfRatio, ratioOfPercent, writeDecimal, writeWorked } from "./decimal.ts";

describe("complement", () => {
  it.each([
    [0.999, 0.001],
    [0.9995, 0.0005],
    [0.99999, 0.00001],
    [0.9999999, 0.0000001],
    [0.95, 0.05],
    [0.5, 0.5],
    [0.1, 0.9],
  ])("1 - %d is %d to the last bit", (target, budget) => expect(complement(target)).toBe(budget));

  it("differs from the plain subtraction, which carries noise", () => {
    expect(1 - 0.999).not.toBe(0.001);
  });

  it("gives the shortest decimal for every target in basis points", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), (millionths) => {
        expect(complement(millionths / 1e6)).toBe((1e6 - millionths) / 1e6);
      }),
    );
  });
});

test.each([
  [0.1 + 0.2, 0.3],
  [0.1 * 3, 0.3],
  [720 * 0.02, 14.4],
  [72.00000000000001 / 24, 3],
  [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  [Number.NaN, Number.NaN],
  [-0, 0],
])("%d reads %d", (value, expected) => expect(decimal(value)).toBe(expected));

test.each([
  [99.9, 0.999],
  [99.95, 0.9995],
  [99.999, 0.99999],
  [95, 0.95],
])("%d percent is %d and back", (percent, ratio) => {
  expect(ratioOfPercent(percent)).toBe(ratio);
  expect(percentOfRatio(ratio)).toBe(percent);
});

test.each([
  [14.399999999999999, "14.4"],
  [0.0009999999999999432, "0.001"],
  [1e-7, "0.0000001"],
  [1.23e-9, "0.00000000123"],
  [1204, "1204"],
  [0, "0"],
  [-0.42, "-0.42"],
])("%d is written %s", (value, text) => expect(writeDecimal(value)).toBe(text));

test("what is written reads back as the same number", () => {
  fc.assert(
    fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (value) => {
      fc.pre(Math.abs(value) > 1e-80 || value === 0);
      expect(Number(writeDecimal(value))).toBe(decimal(value));
    }),
  );
});

test.each([
  [109_298_134, "109298134"],
  [109_298_134.123456, "109298134.12"],
  [0.00021315889312, "0.00021315889"],
  [1204.5, "1204.5"],
  [0, "0"],
])("%d stands in a formula as %s", (value, text) => expect(writeWorked(value)).toBe(text));
