import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { reading } from "../testing.ts";
import { type BudgetFigures, budgetFigures, coverageLabel, netWindowSlots } from "./budget.ts";

const MONTH = 30 * 288;

describe("budgetFigures at 99.9 % over 30 days, a million requests, so 1,000 may fail", () => {
  it.each<[string, number, Partial<BudgetFigures>]>([
    [
      "nothing failed",
      0,
      {
        errorRatio: 0,
        budgetConsumedRatio: 0,
        budgetRemainingRatio: 1,
        budgetRemainingEvents: 1000,
        budgetRemainingMinutes: 43.2,
        budgetMinutes: 43.2,
        atRisk: false,
      },
    ],
    [
      "300 failed",
      300,
      {
        errorRatio: 0.0003,
        budgetConsumedRatio: 0.3,
        budgetRemainingRatio: 0.7,
        budgetRemainingEvents: 700,
        budgetRemainingMinutes: 30.24,
        atRisk: false,
      },
    ],
    ["20.1 % left is no risk yet", 799, { budgetRemainingRatio: 0.201, atRisk: false }],
    ["20 % left is at risk", 800, { budgetRemainingRatio: 0.2, atRisk: true }],
    [
      "all of it",
      1000,
      {
        budgetConsumedRatio: 1,
        budgetRemainingRatio: 0,
        budgetRemainingEvents: 0,
        budgetRemainingMinutes: 0,
        atRisk: true,
      },
    ],
    [
      "more than all of it is not clamped",
      1420,
      {
        budgetConsumedRatio: 1.42,
        budgetRemainingRatio: -0.42,
        budgetRemainingEvents: -420,
        budgetRemainingMinutes: -18.144,
      },
    ],
  ])("%s", (_, bad, expected) => {
    expect(budgetFigures(reading(bad, 1_000_000, MONTH), 0.999, MONTH)).toMatchObject(expected);
  });
});

describe("a window that is not yet full", () => {
  it("projects the events so far: ten bad minutes by noon of day 1 of 30 are 23 %, not 1,389 %", () => {
    const morning = reading(10, 720, 144);
    const figures = budgetFigures(morning, 0.999, MONTH);
    expect(figures.budgetConsumedRatio).toBeCloseTo(10 / 43.2, 10);
    expect(figures.budgetRemainingEvents).toBeCloseTo(33.2, 9);
    expect(figures.budgetRemainingMinutes).toBeCloseTo(33.2, 9);
    // Without the projection:
    expect(10 / 720 / 0.001).toBeCloseTo(13.89, 2);
  });

  it("takes a gap to have been like the rest: 27 of 30 days covered", () => {
    const figures = budgetFigures(reading(900, 900_000, 27 * 288, { slots: MONTH }), 0.999, MONTH);
    expect(figures.budgetConsumedRatio).toBe(0.9);
    expect(figures.budgetRemainingEvents).toBe(100);
  });
});

describe("exclusions", () => {
  const excluded = reading(1000, 1_000_000, 29 * 288, { excludedSlots: 288, slots: MONTH });

  it("make the window and its minutes shorter: 29 days at 0.1 % are 41.76 min", () => {
    expect(netWindowSlots(MONTH, excluded)).toBe(29 * 288);
    const figures = budgetFigures(excluded, 0.999, MONTH);
    expect(figures).toMatchObject({ budgetConsumedRatio: 1, budgetRemainingEvents: 0, budgetMinutes: 41.76 });
  });

  it("of the whole window leave no figures", () => {
    const all = reading(0, 0, MONTH, { coveredSlots: 0, excludedSlots: MONTH });
    expect(budgetFigures(all, 0.999, MONTH)).toMatchObject({ budgetConsumedRatio: null, budgetMinutes: 0 });
  });
});

test.each([
  ["without data", reading(0, 0, MONTH, { coveredSlots: 0 })],
  ["without traffic", reading(0, 0, MONTH)],
])("%s there are no figures: neither 0 nor 100 %%", (_, silent) => {
  expect(budgetFigures(silent, 0.999, MONTH)).toEqual({
    errorRatio: null,
    budgetConsumedRatio: null,
    budgetRemainingRatio: null,
    budgetRemainingEvents: null,
    budgetRemainingMinutes: null,
    budgetMinutes: 43.2,
    atRisk: false,
  });
});

test.each([
  [8640, 8640, null],
  [8639, 8640, "29.9 d of 30 d"],
  [12 * 288, 8640, "12 d of 30 d"],
  [100, 8640, "8 h of 30 d"],
  [3, 8640, "15 min of 30 d"],
  [0, 8640, "0 min of 30 d"],
  [288, 8640, "1 d of 30 d"],
  [289, 288, null],
])("%d of %d slots read %j", (covered, expected, label) =>
  expect(coverageLabel(covered, expected)).toBe(label),
);

const events = fc.record({
  total: fc.integer({ min: 1, max: 1e9 }),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
});
const targets = fc.integer({ min: 1, max: 99_999 }).map((n) => n / 1e5);
const cover = fc.integer({ min: 1, max: MONTH });

describe("for every budget", () => {
  const figuresOf = (bad: number, total: number, covered: number, target: number) =>
    budgetFigures(reading(bad, total, covered, { slots: MONTH }), target, MONTH);

  it("remaining + consumed = 1", () => {
    fc.assert(
      fc.property(events, targets, cover, ({ total, share }, target, covered) => {
        const figures = figuresOf(total * share, total, covered, target);
        const sum = figures.budgetRemainingRatio! + figures.budgetConsumedRatio!;
        expect(Math.abs(sum - 1)).toBeLessThanOrEqual(1e-11 * Math.max(1, figures.budgetConsumedRatio!));
      }),
    );
  });

  it("more bad events never leave more", () => {
    fc.assert(
      fc.property(events, targets, cover, fc.nat(1000), ({ total, share }, target, covered, more) => {
        const bad = Math.floor(total * share);
        const before = figuresOf(bad, total, covered, target);
        const after = figuresOf(Math.min(total, bad + more), total, covered, target);
        expect(after.budgetRemainingRatio).toBeLessThanOrEqual(before.budgetRemainingRatio!);
        expect(after.budgetRemainingEvents).toBeLessThanOrEqual(before.budgetRemainingEvents!);
      }),
    );
  });

  it("k times the traffic, good and bad, is the same budget", () => {
    fc.assert(
      fc.property(
        events,
        targets,
        cover,
        fc.integer({ min: 2, max: 1000 }),
        ({ total, share }, target, covered, k) => {
          const bad = Math.floor(total * share);
          const once = figuresOf(bad, total, covered, target).budgetConsumedRatio!;
          const often = figuresOf(bad * k, total * k, covered, target).budgetConsumedRatio!;
          expect(Math.abs(often - once)).toBeLessThanOrEqual(1e-11 * once);
        },
      ),
    );
  });

  it("events and minutes left tell the same share", () => {
    fc.assert(
      fc.property(events, targets, cover, ({ total, share }, target, covered) => {
        const figures = figuresOf(total * share, total, covered, target);
        const budgetEvents = (1 - target) * total * (MONTH / covered);
        const tolerance = 1e-9 * Math.max(1, figures.budgetConsumedRatio!);
        expect(
          Math.abs(figures.budgetRemainingEvents! / budgetEvents - figures.budgetRemainingRatio!),
        ).toBeLessThan(tolerance);
        const minutes = figures.budgetRemainingMinutes! / figures.budgetMinutes;
        expect(Math.abs(minutes - figures.budgetRemainingRatio!)).toBeLessThan(tolerance);
      }),
    );
  });
});
