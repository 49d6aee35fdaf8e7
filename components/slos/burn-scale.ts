import type { TierState } from "#lib/contracts/slo-budgets.ts";

/** Burn rates from a hundredth of sustainable on have a place on the scale. */
const LEAST = 0.01;

/**
 * Places of burn rates on a log scale, in percent of its length: the same scale for all tiers, wide enough for the
 * highest rate and factor. Rates that are unknown, or below the scale, have none.
 */
export function burnScale(tiers: readonly TierState[]): (rate: number | null) => number {
  const rates = tiers.flatMap(({ factor, longBurnRate, shortBurnRate }) => [
    factor,
    longBurnRate ?? 0,
    shortBurnRate ?? 0,
  ]);
  const greatest = Math.max(10, ...rates) * 1.25;
  const width = Math.log10(greatest / LEAST);
  return (rate) =>
    rate === null || rate <= LEAST ? 0 : Math.min(100, (Math.log10(rate / LEAST) / width) * 100);
}
