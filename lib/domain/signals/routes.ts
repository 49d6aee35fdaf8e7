import type { MetricNames } from "./presets.ts";
import { ratioOf, readRequests } from "./request-readings.ts";
import { type Sample, samplesBy } from "./sample.ts";

export interface RouteFigures {
  route: string;
  method: string;
  requestsPerSecond: number | null;
  errorRatio: number | null;
  p95Seconds: number | null;
}

/** Routes in answers of `routeRates` and `routeP95`, busiest first; requests without a route are one, named "—". */
export function readRoutes(
  rates: readonly Sample[],
  p95: readonly Sample[],
  names: MetricNames,
): RouteFigures[] {
  const keyOf = (labels: Sample["labels"]) =>
    `${labels[names.methodLabel] ?? ""} ${labels[names.routeLabel] ?? ""}`;
  const latency = samplesBy(p95, keyOf);
  return [...samplesBy(rates, keyOf)]
    .map(([key, own]) => {
      const { totalPerSecond, serverErrorsPerSecond } = readRequests(own, names.statusLabel);
      const labels = own[0]?.labels ?? {};
      return {
        route: labels[names.routeLabel] || "—",
        method: labels[names.methodLabel] || "—",
        requestsPerSecond: totalPerSecond,
        errorRatio: ratioOf(serverErrorsPerSecond, totalPerSecond),
        p95Seconds: latency.get(key)?.[0]?.value ?? null,
      };
    })
    .sort(
      (a, b) =>
        (b.requestsPerSecond ?? -1) - (a.requestsPerSecond ?? -1) ||
        `${a.route} ${a.method}`.localeCompare(`${b.route} ${b.method}`),
    );
}
