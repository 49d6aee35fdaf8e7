import "server-only";
import {
  BrokenCircuitError,
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  ConsecutiveBreaker,
  handleWhen,
  TaskCancelledError,
  wrap,
} from "cockatiel";
import type { SourceSettings } from "#lib/server/env.ts";
import { AppError } from "#lib/server/errors.ts";
import { singleton } from "#lib/server/singleton.ts";
import { queryMetrics } from "./metrics.ts";
import { sourceHealth } from "./source-health.ts";
import { sourceLabel, UpstreamError } from "./upstream-error.ts";

/** How hard a source may be pressed. */
export interface GuardOptions {
  maxConcurrent: number;
  maxWaiting: number;
  /** Failures in a row (`fault: "down"` only) after which the source is left alone. */
  failuresToOpen: number;
  /** For how long it is left alone before one request tries again. */
  openMs: number;
}

export const GUARD_OPTIONS: GuardOptions = {
  maxConcurrent: 8,
  maxWaiting: 500,
  failuresToOpen: 5,
  openMs: 5_000,
};

/** Runs work against one source. */
export type UpstreamGuard = <T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal) => Promise<T>;

/**
 * A semaphore and a circuit breaker around one source. Bad queries and slow ones never open the breaker.
 * @throws UpstreamError `upstream_unavailable` when the breaker is open or too many requests wait.
 */
export function createUpstreamGuard(source: SourceSettings, options: GuardOptions): UpstreamGuard {
  const breaker = circuitBreaker(
    handleWhen((error) => error instanceof UpstreamError && error.fault === "down"),
    { halfOpenAfter: options.openMs, breaker: new ConsecutiveBreaker(options.failuresToOpen) },
  );
  const policy = wrap(bulkhead(options.maxConcurrent, options.maxWaiting), breaker);
  return async (work, signal) => {
    try {
      return await policy.execute((context) => measured(source, () => work(context.signal)), signal);
    } catch (error) {
      throw asAppError(source, error);
    }
  };
}

/** One guard for each source, made when it is first needed. */
export function guardPerSource(options: GuardOptions): (source: SourceSettings) => UpstreamGuard {
  const guards = new Map<string, UpstreamGuard>();
  return (source) => {
    const key = `${source.kind}/${source.name}`;
    const guard = guards.get(key) ?? createUpstreamGuard(source, options);
    guards.set(key, guard);
    return guard;
  };
}

/** The guards of this process: pages, logs and foreign clients press a source together. */
export function sourceGuard(source: SourceSettings): UpstreamGuard {
  return singleton("query.guards", () => guardPerSource(GUARD_OPTIONS))(source);
}

async function measured<T>(source: SourceSettings, work: () => Promise<T>): Promise<T> {
  const labels = { source: `${source.kind}/${source.name}` };
  const { inFlight, upstreamSeconds } = queryMetrics();
  const stop = upstreamSeconds.startTimer(labels);
  inFlight.inc(labels);
  try {
    return await work();
  } finally {
    inFlight.dec(labels);
    stop();
  }
}

function asAppError(source: SourceSettings, error: unknown): unknown {
  const label = sourceLabel(source);
  if (error instanceof BrokenCircuitError) {
    const words = sourceHealth(source).lastFailure?.message ?? `${label} failed several times in a row`;
    return new UpstreamError("down", "upstream_unavailable", `${words}; trying again in a moment`, error);
  }
  if (error instanceof BulkheadRejectedError) {
    return new UpstreamError("slow", "upstream_unavailable", `too many queries wait for ${label}`, error);
  }
  if (error instanceof TaskCancelledError) return new AppError("cancelled", "the request was cancelled");
  return error;
}
