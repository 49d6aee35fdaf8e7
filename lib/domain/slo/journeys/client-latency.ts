import { labelList, oneOf, selector } from "#lib/domain/promql/selector.ts";
import { labelledUnion } from "#lib/domain/signals/labelled-union.ts";
import type { Sample } from "#lib/domain/signals/sample.ts";

/** Histograms that browsers feed, in seconds; the label `journey` names the journey. */
const METRICS = ["user_request_duration_seconds", "user_request_duration"] as const;
const QUANTILE_LABEL = "quantile";

/** How long users of a journey waited. */
export interface ClientLatency {
  p50Seconds: number | null;
  p95Seconds: number | null;
}

/** PromQL for p50 and p95 of what users waited over a window, by journey. For display: an SLO counts requests instead. */
export function clientLatencyQuery(journeys: readonly string[], windowSeconds: number): string {
  const buckets = METRICS.map((metric) => {
    const series = selector(`${metric}_bucket`, { journey: oneOf(journeys) });
    return `sum by ${labelList("journey", "le")} (rate(${series}[${windowSeconds}s]))`;
  });
  const quantile = (share: number) => `histogram_quantile(${share}, ${buckets.join(" or ")})`;
  return labelledUnion(QUANTILE_LABEL, { p50: quantile(0.5), p95: quantile(0.95) });
}

/** The answer of {@link clientLatencyQuery} by journey; journeys that no browser tells of are missing. */
export function readClientLatency(samples: readonly Sample[]): Map<string, ClientLatency> {
  const byJourney = Map.groupBy(samples, ({ labels }) => labels.journey ?? "");
  const valueOf = (own: readonly Sample[], quantile: string) =>
    own.find(({ labels }) => labels[QUANTILE_LABEL] === quantile)?.value ?? null;
  return new Map(
    [...byJourney].flatMap(([journey, own]) => {
      const latency = { p50Seconds: valueOf(own, "p50"), p95Seconds: valueOf(own, "p95") };
      return latency.p50Seconds === null && latency.p95Seconds === null ? [] : [[journey, latency]];
    }),
  );
}
