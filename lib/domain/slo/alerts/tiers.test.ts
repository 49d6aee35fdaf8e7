import { describe, expect, it, test } from "vitest";
import type { SloWindow } from "../definition/windows.ts";
import { DEFAULT_ALERT_TIERS, factorOfSpend, fitsWindow, spendOfBurn, tiersInForce } from "./tiers.ts";

const rolling = (days: number): SloWindow => ({ kind: "rolling", days });
const factors = (days: number) =>
  tiersInForce(DEFAULT_ALERT_TIERS, 0.999, rolling(days)).map(({ factor }) => factor);

test.each([
  [30, [14.4, 6, 3, 1]],
  [28, [13.44, 5.6, 2.8, 1]],
  [7, [3.36, 1.4, 1, 1]],
  [90, [43.2, 18, 9, 3]],
])("the factors of %d days are %j, to the last bit", (days, expected) =>
  expect(factors(days)).toEqual(expected),
);

test.each<[SloWindow, number[]]>([
  [{ kind: "calendar", unit: "month", zone: "Europe/Berlin" }, [14.4, 6, 3, 1]],
  [{ kind: "calendar", unit: "week", zone: "UTC" }, [3.36, 1.4, 1, 1]],
  [{ kind: "calendar", unit: "quarter", zone: "UTC" }, [43.2, 18, 9, 3]],
])("a calendar window's factors are those of its nominal days: %j", (window, expected) => {
  expect(tiersInForce(DEFAULT_ALERT_TIERS, 0.999, window).map(({ factor }) => factor)).toEqual(expected);
});

test("the short window is a twelfth of the long one", () => {
  const windows = tiersInForce(DEFAULT_ALERT_TIERS, 0.999, rolling(30));
  expect(windows.map(({ longMinutes, shortMinutes }) => [longMinutes, shortMinutes])).toEqual([
    [60, 5],
    [360, 30],
    [1440, 120],
    [4320, 360],
  ]);
});

test.each([
  [1, ["page_fast", "page_slow"]],
  [2, ["page_fast", "page_slow", "ticket_fast"]],
  [5, ["page_fast", "page_slow", "ticket_fast"]],
  [6, ["page_fast", "page_slow", "ticket_fast", "ticket_slow"]],
])("with %d days of window the tiers are %j", (days, keys) => {
  const window = rolling(days);
  expect(tiersInForce(DEFAULT_ALERT_TIERS, 0.999, window).map(({ key }) => key)).toEqual(keys);
  expect(DEFAULT_ALERT_TIERS.filter((tier) => fitsWindow(tier, window)).map(({ key }) => key)).toEqual(keys);
});

describe("tiers that can never alert", () => {
  const reasons = (target: number) =>
    tiersInForce(DEFAULT_ALERT_TIERS, target, rolling(30)).map(({ disabledReason }) => disabledReason);

  it("are kept, disabled, with the reason", () => {
    const [fast, ...others] = reasons(0.95);
    expect(others).toEqual([null, null, null]);
    expect(fast).toBeNull();
    expect(reasons(0.9)[0]).toBe(
      "A burn rate above 14.4x can never be reached: with a target of 90 %, 100 % errors burn at 10x.",
    );
  });

  it("include the one whose factor is exactly the highest burn rate, for the comparison is strict", () => {
    // 1/B = 1/0.1666666 = 6.0000024, just above page slow's 6.
    expect(reasons(0.8333334)[1]).toBeNull();
    expect(tiersInForce(DEFAULT_ALERT_TIERS, 0.75, rolling(20))[1]).toMatchObject({
      factor: 4,
      disabledReason: expect.stringContaining("burn at 4x"),
    });
  });

  it("are never those of common targets", () => {
    for (const target of [0.95, 0.99, 0.999, 0.9999, 0.99999]) {
      expect(reasons(target)).toEqual([null, null, null, null]);
    }
  });
});

test("a tier turned off says so", () => {
  const off = DEFAULT_ALERT_TIERS.map((tier) => ({ ...tier, enabled: tier.key !== "ticket_slow" }));
  expect(tiersInForce(off, 0.999, rolling(30)).at(-1)?.disabledReason).toBe("Turned off for this SLO.");
});

test("a factor held at 1 spends more than the tier asked for: 3 days at 1x are 3/7 of a week", () => {
  const slow = tiersInForce(DEFAULT_ALERT_TIERS, 0.999, rolling(7)).at(-1);
  expect(slow?.spendRatio).toBeCloseTo(3 / 7, 11);
});

test.each([
  [14.4, 60, 0.02],
  [6, 360, 0.05],
  [3, 1440, 0.1],
  [1, 4320, 0.1],
])("a burn of %dx over %d min spends %d of 30 days", (rate, minutes, spend) => {
  expect(spendOfBurn(rate, minutes, 30)).toBe(spend);
  expect(factorOfSpend(spend, minutes, 30)).toBe(rate);
});
