import fc from "fast-check";
import { expect, test } from "vitest";
import { balanceOf, sloPerformance, toilPercent } from "./balance.ts";

test.each([
  [0.999, 0.999, 100],
  [1, 0.999, 100.1001001],
  [0.99, 0.999, 99.0990991],
  [0.95, 0.999, 95.0950951],
  [0, 0.999, 0],
])("an actual of %d against %d performs at %d %%", (actual, target, performance) => {
  expect(sloPerformance(actual, target)).toBeCloseTo(performance, 6);
});

test.each([
  [100.1, 60],
  [100, 60],
  [99.99, 50],
  [99, 50],
  [98.99, 44.95],
  [97, 35],
  [94, 20],
  [80, 20],
  [0, 20],
])("at a performance of %d %% toil may take %d %% of the week", (performance, percent) => {
  expect(toilPercent(performance)).toBe(percent);
});

test("hours are those of 40 a person, and nothing is lost between toil and reliability", () => {
  expect(balanceOf(100, 5)).toEqual({
    performance: 100,
    toilPercent: 60,
    toilHours: 120,
    reliabilityHours: 80,
  });
  expect(balanceOf(97, 4)).toMatchObject({ toilHours: 56, reliabilityHours: 104 });
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 120, noNaN: true }),
      fc.integer({ min: 1, max: 200 }),
      (performance, team) => {
        const { toilHours, reliabilityHours, toilPercent: percent } = balanceOf(performance, team);
        expect(toilHours + reliabilityHours).toBeCloseTo(40 * team, 6);
        expect(percent).toBeGreaterThanOrEqual(20);
        expect(percent).toBeLessThanOrEqual(60);
      },
    ),
  );
});
