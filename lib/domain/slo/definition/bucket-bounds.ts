import { decimal } from "../decimal.ts";
import type { LatencySli } from "./sli.ts";

/** The latency threshold in the metric's own unit, as a bucket bound would give it. */
export function thresholdBound(sli: Pick<LatencySli, "thresholdSeconds" | "durationToSeconds">): number {
  return decimal(sli.thresholdSeconds / sli.durationToSeconds);
}

/**
 * The `le` values that mean the bound: "1" and "1.0" are the same bound, and both may be in use at once, after a
 * client library changed its way of writing. Empty when the histogram has no such bucket.
 */
export function labelsOfBound(bound: number, labels: readonly string[]): string[] {
  return labels.filter((label) => label.trim() !== "" && Number(label) === bound);
}

/** The finite bounds of a histogram, ascending, each once: what a threshold can be. */
export function possibleBounds(labels: readonly string[]): number[] {
  const bounds = labels.filter((label) => label.trim() !== "").map(Number);
  return [...new Set(bounds.filter(Number.isFinite))].sort((a, b) => a - b);
}
