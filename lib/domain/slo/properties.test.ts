import fc from "fast-check";
import { expect, test } from "vitest";
import { DEFAULT_ALERT_TIERS, tiersInForce } from "./alerts/tiers.ts";
import { budgetFigures } from "./budget/budget.ts";
import { readingOf } from "./budget/reading.ts";
import { writeDecimal } from "./decimal.ts";
import { withExclusions } from "./slots/series.ts";
import { addSums, countMissingAsBad, sumSlots } from "./slots/sums.ts";
import { seriesFrom } from "./testing.ts";

const WINDOW_SLOTS = 60;
const slot = fc.option(
  fc.tuple(fc.nat(100), fc.integer({ min: 1, max: 100 })).map(([bad, good]) => [bad, good + bad] as const),
  { nil: null },
);
const slots = fc.array(slot, { minLength: 1, maxLength: WINDOW_SLOTS });
const consumed = (series: ReturnType<typeof seriesFrom>) =>
  budgetFigures(readingOf(sumSlots(series)), 0.99, WINDOW_SLOTS).budgetConsumedRatio;

test("an exclusion that takes away only wholly bad slots never raises what was consumed", () => {
  fc.assert(
    fc.property(slots, fc.integer({ min: 1, max: 10 }), fc.nat(60), (values, length, at) => {
      const from = Math.min(at, values.length);
      const outage = Array.from({ length }, () => [70, 70] as const);
      const series = seriesFrom(
        [...values.slice(0, from), ...outage, ...values.slice(from)].slice(0, WINDOW_SLOTS),
      );
      const removed = { from, to: Math.min(from + length, WINDOW_SLOTS) };
      const before = consumed(series);
      const after = consumed(withExclusions(series, [removed]));
      if (after !== null && before !== null) expect(after).toBeLessThanOrEqual(before * (1 + 1e-11));
    }),
  );
});

test("an exclusion leaves the raw figure as it was", () => {
  fc.assert(
    fc.property(slots, fc.nat(60), (values, from) => {
      const raw = seriesFrom(values);
      const figure = consumed(raw);
      withExclusions(raw, [{ from, to: from + 5 }]);
      expect(consumed(raw)).toBe(figure);
    }),
  );
});

test("days kept as sums give the budget of the slots they were summed from", () => {
  fc.assert(
    fc.property(slots, fc.nat(60), (values, cut) => {
      const at = Math.min(cut, values.length);
      const merged = addSums(
        sumSlots(seriesFrom(values.slice(0, at))),
        sumSlots(seriesFrom(values.slice(at))),
      );
      expect(budgetFigures(readingOf(merged), 0.99, WINDOW_SLOTS).budgetConsumedRatio).toBe(
        consumed(seriesFrom(values)),
      );
    }),
  );
});

test("what is missing, taken as bad, never looks better than taken as a gap", () => {
  fc.assert(
    fc.property(slots, (values) => {
      const sums = sumSlots(seriesFrom(values));
      const gap = budgetFigures(readingOf(sums), 0.99, WINDOW_SLOTS).budgetConsumedRatio ?? 0;
      const bad =
        budgetFigures(readingOf(countMissingAsBad(sums)), 0.99, WINDOW_SLOTS).budgetConsumedRatio ?? 0;
      expect(bad).toBeGreaterThanOrEqual(gap - 1e-12);
    }),
  );
});

test("no factor and no budget is ever written with noise", () => {
  const days = fc.integer({ min: 1, max: 92 });
  const targets = fc.integer({ min: 1, max: 99_999 }).map((n) => n / 1e5);
  fc.assert(
    fc.property(days, targets, (windowDays, target) => {
      const window = { kind: "rolling", days: windowDays } as const;
      for (const { factor, longMinutes } of tiersInForce(DEFAULT_ALERT_TIERS, target, window)) {
        // Fast tiers divide by an hour, six or a day: their factors are finite decimals.
        if (longMinutes < 1440) expect(writeDecimal(factor)).toMatch(/^\d+(\.\d{1,4})?$/);
        expect(factor).toBeGreaterThanOrEqual(1);
      }
    }),
  );
});
