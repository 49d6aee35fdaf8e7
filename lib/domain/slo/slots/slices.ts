import { decimal } from "../decimal.ts";
import type { Comparison } from "../definition/sli.ts";
import type { SlotValue } from "./series.ts";

/** Whether a value passes a stated comparison; a missing value, NaN and ±Infinity pass none. */
export function passes(value: number | null, { operator, value: limit }: Comparison): boolean {
  if (value === null || !Number.isFinite(value)) return false;
  switch (operator) {
    case ">":
      return value > limit;
    case ">=":
      return value >= limit;
    case "<":
      return value < limit;
    case "<=":
      return value <= limit;
    case "==":
      return value === limit;
  }
}

/** The slices that have a value; empty ones drop out of numerator and denominator alike. */
function present(slices: readonly (number | null)[]): number[] {
  return slices.filter((value) => value !== null && Number.isFinite(value)).map(Number);
}

/** Time slices of one slot: total counts the slices with data, bad those whose value fails the comparison. */
export function countSlices(slices: readonly (number | null)[], good: Comparison): SlotValue | null {
  const values = present(slices);
  if (values.length === 0) return null;
  return { bad: values.filter((value) => !passes(value, good)).length, total: values.length };
}

/** Ratio time slices of one slot, from good ratios 0..1: bad = sum of (1 - ratio), total = slices with data. */
export function sumSliceRatios(goodRatios: readonly (number | null)[]): SlotValue | null {
  const values = present(goodRatios);
  if (values.length === 0) return null;
  const bad = values.reduce((sum, ratio) => sum + (1 - Math.min(1, Math.max(0, ratio))), 0);
  return { bad: decimal(bad), total: values.length };
}
