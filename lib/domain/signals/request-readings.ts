import type { MetricNames } from "./presets.ts";
import { QUANTILE_LABEL, QUANTILES } from "./request-queries.ts";
import { type Sample, samplesBy, sumOf } from "./sample.ts";

/** Rates of one service, per second. All are null when no request counter was found. */
export interface RequestReading {
  totalPerSecond: number | null;
  serverErrorsPerSecond: number | null;
  clientErrorsPerSecond: number | null;
  timeoutsPerSecond: number | null;
}

/** Latency of one service in seconds. */
export interface LatencyReading {
  p50Seconds: number | null;
  p95Seconds: number | null;
  p99Seconds: number | null;
}

export const NO_REQUESTS: RequestReading = {
  totalPerSecond: null,
  serverErrorsPerSecond: null,
  clientErrorsPerSecond: null,
  timeoutsPerSecond: null,
};
export const NO_LATENCY: LatencyReading = { p50Seconds: null, p95Seconds: null, p99Seconds: null };

/**
 * Adds up the rates by status ("503", or "5xx"). Where requests exist and no failing ones do, the
 * failures are 0: a perfect service, not an unknown one.
 */
export function readRequests(samples: readonly Sample[], statusLabel: string): RequestReading {
  const rateOf = (belongs: (status: string) => boolean) =>
    sumOf(samples.filter(({ labels }) => belongs(labels[statusLabel] ?? "")).map(({ value }) => value));
  const total = rateOf(() => true);
  if (total === null) return NO_REQUESTS;
  return {
    totalPerSecond: total,
    serverErrorsPerSecond: rateOf((status) => status.startsWith("5")) ?? 0,
    clientErrorsPerSecond: rateOf((status) => status.startsWith("4")) ?? 0,
    timeoutsPerSecond: rateOf((status) => status === "504") ?? 0,
  };
}

/** Requests of every service in an answer of `requestRates`. */
export function readRequestsByService(
  samples: readonly Sample[],
  names: MetricNames,
): Map<string, RequestReading> {
  const groups = samplesBy(samples, (labels) => labels[names.serviceLabel]);
  return new Map([...groups].map(([service, own]) => [service, readRequests(own, names.statusLabel)]));
}

/** Quantiles of every service in an answer of `latencyQuantiles`. */
export function readLatencyByService(
  samples: readonly Sample[],
  names: MetricNames,
): Map<string, LatencyReading> {
  const groups = samplesBy(samples, (labels) => labels[names.serviceLabel]);
  return new Map([...groups].map(([service, own]) => [service, readLatency(own)]));
}

function readLatency(samples: readonly Sample[]): LatencyReading {
  const at = (quantile: string) =>
    samples.find(({ labels }) => labels[QUANTILE_LABEL] === quantile)?.value ?? null;
  return { p50Seconds: at(QUANTILES.p50), p95Seconds: at(QUANTILES.p95), p99Seconds: at(QUANTILES.p99) };
}

/** One figure per service, as of the baseline or business errors. */
export function readByService(samples: readonly Sample[], names: MetricNames): Map<string, number | null> {
  const groups = samplesBy(samples, (labels) => labels[names.serviceLabel]);
  return new Map([...groups].map(([service, own]) => [service, sumOf(own.map(({ value }) => value))]));
}

/** Part of a whole; null when either is missing or the whole is 0. */
export function ratioOf(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole === 0 ? null : part / whole;
}
