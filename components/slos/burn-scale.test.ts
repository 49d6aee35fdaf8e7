import { expect, it } from "vitest";
import type { TierState } from "#lib/contracts/slo-budgets.ts";
import { burnScale } from "./burn-scale.ts";

const tier = (factor: number, longBurnRate: number | null, shortBurnRate: number | null) =>
  ({ factor, longBurnRate, shortBurnRate }) as TierState;

it("is logarithmic, and the same for all tiers", () => {
  const place = burnScale([tier(14.4, 3, null), tier(1, 80, 0)]);
  // From a hundredth to 100: four powers of ten.
  expect([0.01, 0.1, 1, 10, 100].map(place)).toEqual([0, 25, 50, 75, 100].map((at) => expect.closeTo(at, 6)));
});

it("has no place for what is unknown or below the scale, and none beyond its end", () => {
  const place = burnScale([tier(6, 1, 1)]);
  expect([place(null), place(0), place(0.005), place(1e9)]).toEqual([0, 0, 0, 100]);
});
