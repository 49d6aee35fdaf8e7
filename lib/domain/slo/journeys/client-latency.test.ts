import { expect, test } from "vitest";
import { clientLatencyQuery, readClientLatency } from "./client-latency.ts";

test("asks for both quantiles of both names of the metric, and of these journeys alone", () => {
  const expr = clientLatencyQuery(["purchase", 'a"b'], 300);
  expect(expr).toContain('user_request_duration_seconds_bucket{journey=~"');
  expect(expr).toContain('rate(user_request_duration_bucket{journey=~"');
  expect(expr.match(/histogram_quantile\(0\.(5|95), /g)).toHaveLength(2);
});

test("a journey without a number is missing, and one quantile alone is kept", () => {
  const sample = (journey: string, quantile: string, value: number | null) => ({
    labels: { journey, quantile },
    value,
  });
  const found = readClientLatency([
    sample("purchase", "p50", 0.3),
    sample("purchase", "p95", 1.4),
    sample("idle", "p50", null),
    sample("idle", "p95", null),
    sample("odd", "p95", 2),
  ]);
  expect([...found]).toEqual([
    ["purchase", { p50Seconds: 0.3, p95Seconds: 1.4 }],
    ["odd", { p50Seconds: null, p95Seconds: 2 }],
  ]);
});
