import type { Level } from "#lib/domain/status/status.ts";
import { writePerSecond, writeRatio, writeSeconds, writeTimes } from "#lib/domain/words/figures.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { exceeds, FEWEST_REQUESTS, type SignalLimits } from "./limits.ts";
import { type LatencyReading, ratioOf, type RequestReading } from "./request-readings.ts";

/** A level and why, in a few words with the number. */
export interface Verdict {
  level: Level;
  reason: string;
}
export interface LatencyVerdict extends Verdict, LatencyReading {
  thresholdSeconds: number;
}
export interface ErrorsVerdict extends Verdict {
  ratio: number | null;
  clientErrorRatio: number | null;
  timeoutRatio: number | null;
  businessErrorsPerSecond: number | null;
}
export interface TrafficVerdict extends Verdict {
  requestsPerSecond: number | null;
  baselinePerSecond: number | null;
  ratio: number | null;
}

const unknown = (reason: string): Verdict => ({ level: "UNKNOWN", reason });

function lowTraffic(perSecond: number, windowSeconds: number): Verdict | null {
  const requests = perSecond * windowSeconds;
  if (requests >= FEWEST_REQUESTS) return null;
  const seen = countOf(Math.round(requests), "request");
  return unknown(`low traffic: ${seen} in ${writeSeconds(windowSeconds)}, ${FEWEST_REQUESTS} needed`);
}

/** p99 over the threshold is WARNING, over twice the threshold CRITICAL; under 100 requests UNKNOWN. */
export function judgeLatency(
  latency: LatencyReading,
  requests: RequestReading,
  windowSeconds: number,
  limits: SignalLimits,
): LatencyVerdict {
  const thresholdSeconds = limits.latencyP99Seconds;
  return {
    ...latency,
    thresholdSeconds,
    ...latencyLevel(latency, requests, windowSeconds, thresholdSeconds),
  };
}

function latencyLevel(
  { p99Seconds }: LatencyReading,
  { totalPerSecond }: RequestReading,
  windowSeconds: number,
  thresholdSeconds: number,
): Verdict {
  if (totalPerSecond === null && p99Seconds === null) return unknown("no latency data");
  const low = totalPerSecond === null ? null : lowTraffic(totalPerSecond, windowSeconds);
  if (low) return low;
  if (p99Seconds === null) return unknown("no latency data");
  const p99 = `p99 ${writeSeconds(p99Seconds)}`;
  const threshold = writeSeconds(thresholdSeconds);
  if (exceeds(p99Seconds, 2 * thresholdSeconds))
    return { level: "CRITICAL", reason: `${p99}, over twice the limit of ${threshold}` };
  if (exceeds(p99Seconds, thresholdSeconds))
    return { level: "WARNING", reason: `${p99}, over the limit of ${threshold}` };
  return { level: "OK", reason: `${p99}, limit ${threshold}` };
}

/** 5xx over all requests: over 1 % WARNING, over 5 % CRITICAL (or the service's own); under 100 requests UNKNOWN. */
export function judgeErrors(
  requests: RequestReading,
  businessErrorsPerSecond: number | null,
  windowSeconds: number,
  limits: SignalLimits,
): ErrorsVerdict {
  const ratio = ratioOf(requests.serverErrorsPerSecond, requests.totalPerSecond);
  return {
    ratio,
    clientErrorRatio: ratioOf(requests.clientErrorsPerSecond, requests.totalPerSecond),
    timeoutRatio: ratioOf(requests.timeoutsPerSecond, requests.totalPerSecond),
    // Requests without a business error leave no such series: with requests at hand that is 0.
    businessErrorsPerSecond: requests.totalPerSecond === null ? null : (businessErrorsPerSecond ?? 0),
    ...errorsLevel(ratio, requests.totalPerSecond, windowSeconds, limits),
  };
}

function errorsLevel(
  ratio: number | null,
  totalPerSecond: number | null,
  windowSeconds: number,
  limits: SignalLimits,
): Verdict {
  if (totalPerSecond === null) return unknown("no request data");
  const low = lowTraffic(totalPerSecond, windowSeconds);
  if (low) return low;
  if (ratio === null) return unknown("no request data");
  const failing = `${writeRatio(ratio)} of requests fail`;
  if (exceeds(ratio, limits.errorCriticalRatio))
    return { level: "CRITICAL", reason: `${failing}, over ${writeRatio(limits.errorCriticalRatio)}` };
  if (exceeds(ratio, limits.errorWarningRatio))
    return { level: "WARNING", reason: `${failing}, over ${writeRatio(limits.errorWarningRatio)}` };
  return { level: "OK", reason: failing };
}

/**
 * Requests per second against the baseline: over 2x or under 0.5x is WARNING. A quiet service stays
 * UNKNOWN only while it is quiet by habit too: traffic that fell from plenty to nothing is a WARNING.
 */
export function judgeTraffic(
  requests: RequestReading,
  baselinePerSecond: number | null,
  windowSeconds: number,
): TrafficVerdict {
  const now = requests.totalPerSecond;
  const ratio = ratioOf(now, baselinePerSecond);
  return {
    requestsPerSecond: now,
    baselinePerSecond,
    ratio,
    ...trafficLevel(now, baselinePerSecond, ratio, windowSeconds),
  };
}

function trafficLevel(
  now: number | null,
  baseline: number | null,
  ratio: number | null,
  windowSeconds: number,
): Verdict {
  if (now === null) return unknown("no request data");
  const low = lowTraffic(now, windowSeconds);
  if (low && lowTraffic(baseline ?? 0, windowSeconds)) return low;
  if (baseline === null || ratio === null)
    return unknown(`${writePerSecond(now)}, no baseline to compare with`);
  const usual = `usual ${writePerSecond(baseline)}`;
  const odd = exceeds(ratio, 2) || exceeds(0.5, ratio);
  if (odd) return { level: "WARNING", reason: `${writePerSecond(now)}, ${writeTimes(ratio)} the ${usual}` };
  return { level: "OK", reason: `${writePerSecond(now)}, ${usual}` };
}
