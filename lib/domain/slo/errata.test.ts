import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { statusOfLevel } from "#lib/domain/status/status.ts";
import { importTier } from "./alerts/import-tier.ts";
import { DEFAULT_ALERT_TIERS, spendOfBurn, tiersInForce } from "./alerts/tiers.ts";
import { LOOK_BACK_MINUTES } from "./budget/look-backs.ts";
import { budgetFigures } from "./budget/budget.ts";
import { burnRate } from "./budget/reading.ts";
import { statusAxes, statusOfAxes } from "./status/axes.ts";
import { evaluateObjective } from "./status/evaluate-objective.ts";
import { reading } from "./testing.ts";
import { windowNow } from "./time/periods.ts";

const MONTH = 30 * 288;
const nowMs = Date.parse("2026-11-20T12:00:00Z");

/** The status for a share of the budget consumed and a burn rate, with fresh data and much traffic. */
function statusFor(consumed: number, burn: number) {
  const axes = statusAxes({
    nowMs,
    newestSampleMs: nowMs,
    historyPending: false,
    window: { noTraffic: false },
    budgetRemainingRatio: 1 - consumed,
    sustainedBurnRate: burn,
    badEventsIn6h: 1000,
  });
  return statusOfAxes(axes);
}

describe("1. the burn rate is e(x) / B; consumed / total budget is the budget consumed", () => {
  it("half a budget spent while 0.25 % of requests fail: 2.5x, critical", () => {
    const month = budgetFigures(reading(500, 1_000_000, MONTH), 0.999, MONTH);
    const burn = burnRate(reading(25, 10_000, 72), 0.999)!;
    expect([month.budgetConsumedRatio, burn]).toEqual([0.5, 2.5]);
    expect(statusFor(0.5, burn)).toBe("critical");
    // The mistaken one:
    expect(statusFor(0.5, 0.5)).toBe("healthy");
  });

  it("with the mistaken one attention, warning and critical can never occur", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 10, noNaN: true }), (consumed) => {
        expect(statusFor(consumed, consumed)).toBeOneOf(["healthy", "exhausted"]);
      }),
    );
  });
});

describe("2. 3x over 6 h spends 2.5 % of 30 days, not 10 %", () => {
  it.each([
    [3, 360, 0.025],
    [6, 360, 0.05],
    [3, 1440, 0.1],
    [14.4, 60, 0.02],
  ])("%dx over %d min spends %d", (rate, minutes, spend) => {
    expect(spendOfBurn(rate, minutes, 30)).toBe(spend);
  });
});

it("3. consumed is (1 - actual) / (1 - target): 99.85 % against 99.9 % is 150 %, not 50 %", () => {
  const figures = budgetFigures(reading(1500, 1_000_000, MONTH), 0.999, MONTH);
  expect(figures.budgetConsumedRatio).toBe(1.5);
  expect(figures.budgetRemainingRatio).toBe(-0.5);
  const mistaken = (0.999 - 0.9985) / (1 - 0.999);
  expect(mistaken).toBeCloseTo(0.5, 9);
  expect(figures.budgetConsumedRatio! - mistaken).toBeCloseTo(1, 9);
});

it("4. a latency budget is spent by slow requests: 6 % of them against 5 % is 120 %, whatever the p95 says", () => {
  const figures = budgetFigures(reading(60_000, 1_000_000, MONTH), 0.95, MONTH);
  expect(figures.budgetConsumedRatio).toBe(1.2);
  // A p99 of 450 ms against 500 ms would have spent nothing, and one of 2 s three budgets.
  expect(Math.max(0, (0.45 - 0.5) / 0.5)).toBe(0);
  expect((2 - 0.5) / 0.5).toBe(3);
});

describe("5. of two windows the larger is the long one, however a file names them", () => {
  it("`shortWindow: 1h, longWindow: 5m, burnRate: 14.4` is our fast page", () => {
    const tier = importTier({ windowMinutes: [60, 5], factor: 14.4, action: "page" }, 30);
    expect(tier).toEqual(DEFAULT_ALERT_TIERS[0]);
    expect(importTier({ windowMinutes: [5, 60], factor: 14.4, action: "page" }, 30)).toEqual(tier);
    // Taken by its word, 14.4x in 5 min would spend a sixth of a percent.
    expect(spendOfBurn(14.4, 5, 30)).toBeCloseTo(0.0016667, 7);
  });

  it("`shortWindow: 6h, longWindow: 30m, burnRate: 3` spends 2.5 %, and its factor comes back", () => {
    const tier = importTier({ windowMinutes: [360, 30], factor: 3, action: "ticket" }, 30);
    expect(tier).toEqual({
      key: "ticket_fast",
      action: "ticket",
      longMinutes: 360,
      spendRatio: 0.025,
      enabled: true,
    });
    const [inForce] = tiersInForce([tier], 0.999, { kind: "rolling", days: 30 });
    expect(inForce).toMatchObject({ longMinutes: 360, shortMinutes: 30, factor: 3, disabledReason: null });
  });

  it.each([
    ["page", 360, "page_slow"],
    ["ticket", 4320, "ticket_slow"],
  ] as const)("a %s over %d min is our %s", (action, minutes, key) => {
    expect(importTier({ windowMinutes: [minutes / 12, minutes], factor: 2, action }, 30).key).toBe(key);
  });
});

it("6. where nothing is wrong, nothing warns", () => {
  const objective = { target: 0.999, window: { kind: "rolling", days: 30 } } as const;
  const evaluation = evaluateObjective({
    objective,
    nowMs,
    now: windowNow(objective.window, nowMs),
    newestSampleMs: nowMs,
    historyPending: false,
    window: reading(0, 1_000_000, MONTH),
    lookBacks: new Map(LOOK_BACK_MINUTES.map((minutes) => [minutes, reading(0, minutes * 100, minutes / 5)])),
    tiers: tiersInForce(DEFAULT_ALERT_TIERS, objective.target, objective.window),
    minimumBadEvents: 3,
    countsEvents: true,
    silenced: false,
  });
  expect(statusOfAxes(evaluation.axes)).toBe("healthy");
  expect(statusOfAxes(evaluation.axes)).toBe(statusOfLevel("OK"));
  expect(evaluation.tiers.filter(({ firing }) => firing)).toEqual([]);
  expect(evaluation.budget.atRisk).toBe(false);
  // The same, one step away: a burn above 1x no longer reads as nothing.
  expect(statusFor(0, 1.01)).toBe("attention");
});

describe("7. last hour's burn and the month's latency", () => {
  it("0.2 % errors in the last hour burn at 2x, not at 720x", () => {
    expect(burnRate(reading(20, 10_000, 12), 0.999)).toBe(2);
    expect(((0.999 - 0.998) * 720) / (1 - 0.999)).toBeCloseTo(720, 6);
  });

  it("and a perfect hour burns at 0x, an hour just on target at 1x, where the mistaken one says 0", () => {
    expect(burnRate(reading(0, 10_000, 12), 0.999)).toBe(0);
    expect(burnRate(reading(10, 10_000, 12), 0.999)).toBe(1);
    expect(Math.max(0, 0.999 - 0.999) * 720).toBe(0);
  });

  it("a busy slow hour decides the month's share of fast requests, which a percentile of percentiles hides", () => {
    // 1 of 100 hours is slow for every request, and has half of all traffic.
    const month = reading(9900, 99 * 100 + 9900, 100 * 12);
    expect(month.errorRatio).toBe(0.5);
    const hourlyP95 = [...Array<number>(99).fill(0.1), 2].sort((a, b) => a - b);
    expect(hourlyP95[Math.ceil(0.95 * 100) - 1]).toBe(0.1);
  });
});
