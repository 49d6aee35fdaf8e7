import type { DurationMetric } from "#lib/contracts/incident-metrics.ts";
import type { DurationKey } from "#lib/domain/incidents/metrics.ts";
import { writeSeconds } from "#lib/domain/words/figures.ts";

/** What each duration is called, and what it is made of. */
export const METRIC_WORDS: Readonly<
  Record<DurationKey, { short: string; mean: string; name: string; formula: string }>
> = {
  detectSeconds: {
    short: "TTD",
    mean: "MTTD",
    name: "Time to detect",
    formula: "detected − impact began",
  },
  acknowledgeSeconds: {
    short: "TTA",
    mean: "MTTA",
    name: "Time to acknowledge",
    formula: "acknowledged − detected",
  },
  mitigateSeconds: {
    short: "TTM",
    mean: "MTTM",
    name: "Time to mitigate",
    formula: "mitigated − impact began",
  },
  resolveSeconds: {
    short: "TTR",
    mean: "MTTR",
    name: "Time to resolve",
    formula: "resolved − impact began",
  },
};

/** How the figures of a duration are made, with the figures in force. */
export function formulaOf(key: DurationKey, { n, missing }: DurationMetric): string {
  const { short, mean, formula } = METRIC_WORDS[key];
  const left = missing === 0 ? "none is left out" : `${missing} left out: a time is not known`;
  return [
    `${short} = ${formula}; of ${n} incidents, ${left}.`,
    "Median: the middle one, or the mean of the two in the middle.",
    "p90: by nearest rank, the shortest that nine of ten do not pass.",
    `${mean}: their sum / n.`,
  ].join(" ");
}

/** How a median moved, or why that is not said. */
export function trendInWords({ trend, medianSeconds }: DurationMetric, minTrendIncidents: number): string {
  if (!trend) return `no trend below ${minTrendIncidents} incidents in each period`;
  const before = `${writeSeconds(trend.previousMedianSeconds)} in the period before (n ${trend.previousN})`;
  if (trend.direction === "same") return `as long as ${before}`;
  const moved = writeSeconds(Math.abs((medianSeconds ?? 0) - trend.previousMedianSeconds));
  return `${trend.direction === "shorter" ? "↓" : "↑"} ${moved} ${trend.direction} than ${before}`;
}
