import { expect, test } from "vitest";
import { paceRatio, timeToExhaustion } from "./exhaustion.ts";

const DAY = 86_400;
const MONTH = 30 * 288;

test.each<[string, number | null, number | null, number | null, number | null, boolean]>([
  ["half a budget at 3x lasts 5 days", 0.5, 3, null, 5 * DAY, false],
  ["exactly the window is not yet past it", 0.5, 0.5, null, 30 * DAY, false],
  ["slower than that, it lasts", 0.5, 0.49, null, null, true],
  ["no burn, it lasts", 0.01, 0, null, null, true],
  ["a month that ends before lasts", 0.5, 3, 4 * DAY, null, true],
  ["a month that ends later does not", 0.5, 3, 6 * DAY, 5 * DAY, false],
  ["gone is gone, whatever burns", 0, 0, null, 0, false],
  ["overspent is gone, burn unknown", -0.2, null, null, 0, false],
  ["burn unknown", 0.5, null, null, null, false],
  ["budget unknown", null, 3, null, null, false],
])("%s", (_, remaining, burn, secondsLeft, seconds, lasts) => {
  expect(timeToExhaustion(remaining, burn, MONTH, secondsLeft)).toEqual({
    timeToExhaustionSeconds: seconds,
    lasts,
  });
});

test.each([
  [0.35, 0.25, 1.4],
  [0, 0.5, 0],
  [0.3, 0, null],
  [null, 0.5, null],
  [0.3, null, null],
])("%d consumed after %d of the period is a pace of %d", (consumed, elapsed, pace) => {
  expect(paceRatio(consumed, elapsed)).toBe(pace);
});
