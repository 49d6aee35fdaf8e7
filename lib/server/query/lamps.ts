import "server-only";
import type { SourceLamp } from "#lib/contracts/cluster.ts";
import { settings, type SourceSettings } from "#lib/server/env.ts";
import { singleton } from "#lib/server/singleton.ts";
import { getVersion } from "./alertmanager/client.ts";
import { QUERY_LIMITS } from "./limits.ts";
import { labelNames } from "./loki/client.ts";
import { buildInfo } from "./prometheus/client.ts";
import { sourcesOf } from "./sources.ts";
import { sourceHealth, type SourceHealth } from "./source-health.ts";

const PROBE_EVERY_MS = 10_000;
const PROBE_TIMEOUT_MS = 3_000;
const SLOW_MS = 1_000;
const KINDS = ["prometheus", "loki", "alertmanager"] as const;

/** Resolves when the thing is there; rejects with what is wrong. */
export type Probe = (signal: AbortSignal) => Promise<unknown>;

interface ProbeResult {
  atMs: number;
  latencyMs: number;
  error: string | null;
}

/**
 * The lamps of the top bar and of /api/health/ready: one per source, one for the database, one
 * `not_configured` per kind without a source. Each is judged by its newest exchange and by a light probe, sent
 * at most every 10 s however many ask; `slow` is a probe of more than a second.
 */
export async function sourceLamps(
  database: Probe,
  configured: readonly SourceSettings[] = settings().sources,
): Promise<SourceLamp[]> {
  const lamps = KINDS.flatMap((kind): Promise<SourceLamp>[] => {
    const sources = sourcesOf(kind, configured);
    if (sources.length === 0) return [Promise.resolve(notConfigured(kind))];
    return sources.map((source) => lampOf(source, (signal) => probeSource(source, signal)));
  });
  return Promise.all([...lamps, lampOf({ kind: "database", name: "default" }, database)]);
}

async function lampOf(thing: Pick<SourceLamp, "kind" | "name">, probe: Probe): Promise<SourceLamp> {
  const health = sourceHealth(thing);
  const result = await probeAtMostEvery(`${thing.kind}/${thing.name}`, probe);
  if (result.error === null) health.lastSeenAtMs = Math.max(health.lastSeenAtMs ?? 0, result.atMs);
  const error = newestError(result, health);
  return {
    kind: thing.kind,
    name: thing.name,
    state: stateOf(error, result.latencyMs),
    latencyMs: result.error === null ? result.latencyMs : null,
    lastSeenAt: health.lastSeenAtMs === null ? null : new Date(health.lastSeenAtMs).toISOString(),
    error,
  };
}

/** An exchange after the probe knows better than the probe. */
function newestError(probe: ProbeResult, { lastSeenAtMs, lastFailure }: SourceHealth): string | null {
  if (lastFailure && lastFailure.atMs > probe.atMs) return lastFailure.message;
  const seenSince = lastSeenAtMs !== null && lastSeenAtMs > probe.atMs;
  return seenSince ? null : probe.error;
}

function stateOf(error: string | null, latencyMs: number): SourceLamp["state"] {
  if (error !== null) return "down";
  return latencyMs > SLOW_MS ? "slow" : "ok";
}

function notConfigured(kind: SourceLamp["kind"]): SourceLamp {
  return { kind, name: "default", state: "not_configured", latencyMs: null, lastSeenAt: null, error: null };
}

function probeAtMostEvery(key: string, probe: Probe): Promise<ProbeResult> {
  const probes = singleton(
    "query.probes",
    () => new Map<string, { atMs: number; result: Promise<ProbeResult> }>(),
  );
  const last = probes.get(key);
  const atMs = Date.now();
  if (last && atMs - last.atMs < PROBE_EVERY_MS) return last.result;
  const result = timed(probe);
  probes.set(key, { atMs, result });
  return result;
}

async function timed(probe: Probe): Promise<ProbeResult> {
  const startedAt = performance.now();
  const latencyMs = () => Math.round(performance.now() - startedAt);
  const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS);
  const { promise: late, reject } = Promise.withResolvers<never>();
  signal.addEventListener("abort", () => reject(new Error(`no answer within ${PROBE_TIMEOUT_MS} ms`)));
  try {
    await Promise.race([probe(signal), late]);
    return { atMs: Date.now(), latencyMs: latencyMs(), error: null };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { atMs: Date.now(), latencyMs: latencyMs(), error: words };
  }
}

/** One cheap question that only the right kind of source answers. */
function probeSource(source: SourceSettings, signal: AbortSignal): Promise<unknown> {
  const limits = { ...QUERY_LIMITS, timeoutMs: PROBE_TIMEOUT_MS };
  switch (source.kind) {
    case "prometheus":
      return buildInfo({ source, signal, limits });
    case "alertmanager":
      return getVersion({ source, signal, limits });
    case "loki":
      // Its /ready stays 503 for 15 s while queries already work, so labels are asked for instead.
      return labelNames({ source, signal, limits }, lastMinute());
  }
}

function lastMinute(): { startNs: bigint; endNs: bigint } {
  const endNs = BigInt(Date.now()) * 1_000_000n;
  return { startNs: endNs - 60_000_000_000n, endNs };
}
