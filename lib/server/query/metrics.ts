import "server-only";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { singleton } from "#lib/server/singleton.ts";

/** The registry behind /api/metrics. */
export function metricsRegistry(): Registry {
  return singleton("metrics.registry", () => new Registry());
}

/** What the query plane says about itself; `source` reads `kind/name`. */
export function queryMetrics() {
  return singleton("query.metrics", () => {
    const registers = [metricsRegistry()];
    return {
      /** `outcome`: hit, merged, fetched, stale or the code of the error. */
      queries: new Counter({
        name: "burnline_queries_total",
        help: "Reads of the query plane by source and outcome.",
        labelNames: ["source", "outcome"] as const,
        registers,
      }),
      upstreamSeconds: new Histogram({
        name: "burnline_query_upstream_duration_seconds",
        help: "Time a source took to answer, waiting for a slot aside.",
        labelNames: ["source"] as const,
        buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
        registers,
      }),
      inFlight: new Gauge({
        name: "burnline_query_upstream_in_flight",
        help: "Requests that a source is working on for Burnline.",
        labelNames: ["source"] as const,
        registers,
      }),
    };
  });
}
