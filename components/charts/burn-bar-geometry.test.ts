import { describe, expect, it } from "vitest";
import { burnBarGeometry, sharesOf } from "./burn-bar-geometry.ts";

const shares = { consumedRatio: 0.4, paceRatio: null, projectedRatio: null };

describe("burnBarGeometry", () => {
  it("is nothing without data: neither full nor empty", () => {
    expect(burnBarGeometry({ ...shares, consumedRatio: null })).toBeNull();
  });

  it("shows what is spent, where it leads, and the pace", () => {
    expect(burnBarGeometry({ consumedRatio: 0.25, paceRatio: 0.5, projectedRatio: 0.75 })).toEqual({
      spent: 25,
      ghost: 50,
      tick: 50,
      overdraft: 0,
    });
  });

  it("runs past the left edge once it is overspent, at most a whole bar", () => {
    expect(burnBarGeometry({ ...shares, consumedRatio: 1.5 })).toMatchObject({
      spent: 100,
      ghost: 0,
      overdraft: 50,
    });
    expect(burnBarGeometry({ ...shares, consumedRatio: 40 })).toMatchObject({ overdraft: 100 });
  });

  it("has no ghost behind what is spent", () => {
    expect(burnBarGeometry({ ...shares, projectedRatio: 0.1 })).toMatchObject({ ghost: 0 });
  });
});

describe("sharesOf", () => {
  const noon = Date.UTC(2026, 3, 16);
  const spending = { budgetConsumedRatio: 0.3, sustainedBurnRate: 2 };

  it("of a calendar month has its pace, and leads to the month's end", () => {
    const april = sharesOf({ ...spending, window: "month UTC" }, noon);
    // Half of April is behind: 0.3 + 2 * 0.5.
    expect(april).toEqual({ consumedRatio: 0.3, paceRatio: 0.5, projectedRatio: 1.3 });
  });

  it("of a rolling window has no pace, and shows the day ahead", () => {
    const rolling = sharesOf({ ...spending, window: "20d" }, noon);
    expect(rolling).toEqual({ consumedRatio: 0.3, paceRatio: null, projectedRatio: 0.4 });
  });

  it("leads nowhere without a burn rate or a budget", () => {
    expect(sharesOf({ ...spending, window: "20d", sustainedBurnRate: null }, noon).projectedRatio).toBeNull();
    expect(
      sharesOf({ ...spending, window: "20d", budgetConsumedRatio: null }, noon).projectedRatio,
    ).toBeNull();
  });
});
