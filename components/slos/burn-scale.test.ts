import { expect, it } from "vitest";
import type { TierState } from "#lib/contracts/slo-budgets.ts";
import { burnScale } from "./burn-scale.ts";

const tier = (factor: number, longBurnRate: number | null, shortBurnRate: number | null) =>
  ({ factor, longBurnRate, shortBurnRate }) as TierState;

it("is logarithmic, and the same for all tiers", () => {
  const place = burnScale([tier(14.4, 3, null), tier(1, 80, 0)]);
  // From a tenth to 100: three powers of ten.
  expect([0.1, 1, 10, 100].map(place)).toEqual([0, expect.closeTo(33.33, 1), expect.closeTo(66.67, 1), 100]);
});

it("has no place for what is unknown or below the scale, and none beyond its end", () => {
  const place = burnScale([tier(6, 1, 1)]);
  expect([place(null), place(0), place(0.05), place(1e9)]).toEqual([0, 0, 0, 100]);
});
