import type { Durations } from "./durations.ts";

/** TTD, TTA, TTM and TTR, by the field that keeps each. */
export const DURATION_KEYS = [
  "detectSeconds",
  "acknowledgeSeconds",
  "mitigateSeconds",
  "resolveSeconds",
] as const satisfies readonly (keyof Durations)[];
export type DurationKey = (typeof DURATION_KEYS)[number];

/** Fewer incidents than this say nothing of a trend. */
export const MIN_TREND_INCIDENTS = 10;

/** What some durations come to; the figures are null without a single one. */
export interface DurationSummary {
  /** How many were known. */
  n: number;
  /** How many were not, and are left out of every figure. */
  missing: number;
  medianSeconds: number | null;
  p90Seconds: number | null;
  meanSeconds: number | null;
}

/**
 * The q-quantile by nearest rank: the smallest value that at least the share q of all values does not pass, so that it
 * is one that was measured. Null without values; `sorted` ascends.
 */
export function nearestRank(sorted: readonly number[], q: number): number | null {
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? null;
}

/** The middle value; of an even number of them, the mean of the two in the middle. */
export function medianOf(sorted: readonly number[]): number | null {
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

/** Median, p90 by nearest rank, and mean of durations in seconds; what is not known is left out and counted. */
export function summarise(seconds: readonly (number | null)[]): DurationSummary {
  const sorted = seconds.filter((one) => one !== null).sort((a, b) => a - b);
  return {
    n: sorted.length,
    missing: seconds.length - sorted.length,
    medianSeconds: medianOf(sorted),
    p90Seconds: nearestRank(sorted, 0.9),
    meanSeconds: sorted.length === 0 ? null : sorted.reduce((sum, one) => sum + one, 0) / sorted.length,
  };
}

/** How a median moved against the period before. */
export interface Trend {
  previousMedianSeconds: number;
  previousN: number;
  direction: "shorter" | "longer" | "same";
}

/** The trend of a median; null where either period has fewer than {@link MIN_TREND_INCIDENTS}. */
export function trendOf(now: DurationSummary, before: DurationSummary): Trend | null {
  const { medianSeconds } = now;
  const previous = before.medianSeconds;
  if (medianSeconds === null || previous === null) return null;
  if (Math.min(now.n, before.n) < MIN_TREND_INCIDENTS) return null;
  const moved = medianSeconds - previous;
  const direction = moved === 0 ? "same" : moved < 0 ? "shorter" : "longer";
  return { previousMedianSeconds: previous, previousN: before.n, direction };
}

/** A duration as it stands in the metrics. */
export type DurationMetric = DurationSummary & { trend: Trend | null };
export type DurationMetrics = Record<DurationKey, DurationMetric>;

/** The four durations of some incidents, against those of the period before. */
export function durationMetrics(
  incidents: readonly Durations[],
  before: readonly Durations[],
): DurationMetrics {
  const metric = (key: DurationKey): DurationMetric => {
    const now = summarise(incidents.map((one) => one[key]));
    return { ...now, trend: trendOf(now, summarise(before.map((one) => one[key]))) };
  };
  return {
    detectSeconds: metric("detectSeconds"),
    acknowledgeSeconds: metric("acknowledgeSeconds"),
    mitigateSeconds: metric("mitigateSeconds"),
    resolveSeconds: metric("resolveSeconds"),
  };
}
