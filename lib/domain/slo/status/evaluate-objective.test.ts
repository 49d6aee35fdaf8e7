import { describe, expect, it } from "vitest";
import { DEFAULT_ALERT_TIERS, tiersInForce } from "../alerts/tiers.ts";
import { LOOK_BACK_MINUTES } from "../budget/look-backs.ts";
import type { Reading } from "../budget/reading.ts";
import type { Objective } from "../definition/definition.ts";
import { reading, SILENCE } from "../testing.ts";
import { windowNow } from "../time/periods.ts";
import { evaluateObjective, type ObjectiveFacts } from "./evaluate-objective.ts";

const nowMs = Date.parse("2026-11-16T00:00:00Z");
const objective: Objective = { target: 0.999, window: { kind: "rolling", days: 30 } };

/** The same share of errors in every look-back, at 100,000 requests a day. */
function steady(errorRatio: number): ReadonlyMap<number, Reading> {
  return new Map(
    LOOK_BACK_MINUTES.map((minutes) => {
      const total = (100_000 * minutes) / 1440;
      return [minutes, reading(total * errorRatio, total, minutes / 5)];
    }),
  );
}

function facts(more: Partial<ObjectiveFacts> = {}): ObjectiveFacts {
  return {
    objective,
    nowMs,
    now: windowNow(objective.window, nowMs),
    newestSampleMs: nowMs - 10_000,
    historyPending: false,
    window: reading(1200, 3_000_000, 8640),
    lookBacks: steady(0.003),
    tiers: tiersInForce(DEFAULT_ALERT_TIERS, objective.target, objective.window),
    minimumBadEvents: 3,
    countsEvents: true,
    silenced: false,
    ...more,
  };
}

describe("evaluateObjective", () => {
  it("gives every figure: 40 % spent, burning at 3x, gone in 6 days", () => {
    const evaluation = evaluateObjective(facts());
    expect(evaluation.budget).toMatchObject({
      errorRatio: 0.0004,
      budgetConsumedRatio: 0.4,
      budgetRemainingRatio: 0.6,
      budgetRemainingEvents: 1800,
      budgetRemainingMinutes: 25.92,
    });
    expect(evaluation.burnRate).toEqual({
      "5m": 3,
      "30m": 3,
      "1h": 3,
      "2h": 3,
      "6h": 3,
      "1d": 3,
      "3d": 3,
      window: 0.4,
    });
    expect(evaluation.errorRatio).toMatchObject({ "6h": 0.003, window: 0.0004 });
    expect(evaluation.exhaustion).toEqual({ timeToExhaustionSeconds: 6 * 86_400, lasts: false });
    expect(evaluation.axes).toEqual({ budget: "available", burn: "critical", lowTraffic: false });
    expect([evaluation.paceRatio, evaluation.coverage]).toEqual([null, null]);
  });

  it("fires the tiers whose factor both windows exceed: at 3x only the last, for 3 is not above 3", () => {
    const { tiers } = evaluateObjective(facts());
    expect(tiers.map(({ key, firing }) => [key, firing])).toEqual([
      ["page_fast", false],
      ["page_slow", false],
      ["ticket_fast", false],
      ["ticket_slow", true],
    ]);
    expect(tiers.map(({ budgetSpendRatio }) => budgetSpendRatio)).toEqual([
      expect.closeTo(3 / 720, 12),
      0.025,
      0.1,
      0.3,
    ]);
    expect(evaluateObjective(facts({ silenced: true })).tiers.some(({ firing }) => firing)).toBe(false);
  });

  it("of a month at its middle has a pace, and its end in view", () => {
    const window = { kind: "calendar", unit: "month", zone: "UTC" } as const;
    const calendar = facts({
      objective: { target: 0.999, window },
      now: windowNow(window, nowMs),
      window: reading(1050, 1_500_000, 15 * 288),
      lookBacks: steady(0.0005),
    });
    const evaluation = evaluateObjective(calendar);
    // 0.07 % of half the month's requests: 35 % of the budget in 50 % of the time.
    expect(evaluation.budget.budgetConsumedRatio).toBe(0.35);
    expect(evaluation.paceRatio).toBe(0.7);
    expect(evaluation.exhaustion).toEqual({ timeToExhaustionSeconds: null, lasts: true });
  });

  it("labels a history shorter than the window", () => {
    const young = facts({ window: reading(40, 100_000, 12 * 288) });
    expect(evaluateObjective(young).coverage).toBe("12 d of 30 d");
  });

  it("without data gives no figure and no health", () => {
    const silent = facts({
      newestSampleMs: null,
      window: reading(0, 0, 8640, { coveredSlots: 0 }),
      lookBacks: new Map(LOOK_BACK_MINUTES.map((minutes) => [minutes, SILENCE])),
    });
    const evaluation = evaluateObjective(silent);
    expect(evaluation.axes).toEqual({ budget: "unknown", burn: "no_data", lowTraffic: false });
    expect(Object.values({ ...evaluation.burnRate, ...evaluation.errorRatio })).toEqual(Array(8).fill(null));
    expect(evaluation.exhaustion).toEqual({ timeToExhaustionSeconds: null, lasts: false });
    expect(evaluation.tiers.some(({ firing }) => firing)).toBe(false);
  });

  it("guards events, not slices, against low traffic", () => {
    const few = new Map([...steady(0.05)].map(([minutes]) => [minutes, reading(2, 40, minutes / 5)]));
    const events = evaluateObjective(facts({ lookBacks: few }));
    expect(events.axes).toMatchObject({ burn: "attention", lowTraffic: true });
    expect(events.tiers.some(({ firing }) => firing)).toBe(false);
    const slices = evaluateObjective(facts({ lookBacks: few, countsEvents: false }));
    expect(slices.axes).toMatchObject({ burn: "critical", lowTraffic: false });
    expect(slices.tiers.every(({ firing }) => firing)).toBe(true);
  });

  it("refuses to guess a look-back it was not given", () => {
    expect(() => evaluateObjective(facts({ lookBacks: new Map() }))).toThrow("the look-back of 6h");
  });
});
