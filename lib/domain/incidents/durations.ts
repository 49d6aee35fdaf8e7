import type { Course } from "./lifecycle.ts";

/** The times of an incident that durations are made of, in ms; null: not yet, or not known. */
export type IncidentTimes = Pick<
  Course,
  "detectedAtMs" | "acknowledgedAtMs" | "mitigatedAtMs" | "resolvedAtMs"
> & {
  /** When the impact began. */
  startedAtMs: number | null;
};

/** TTD, TTA, TTM and TTR in seconds; null where one of the two times is missing. */
export interface Durations {
  detectSeconds: number | null;
  acknowledgeSeconds: number | null;
  mitigateSeconds: number | null;
  resolveSeconds: number | null;
}

const between = (from: number | null, to: number | null) =>
  from === null || to === null ? null : (to - from) / 1000;

/** detected - started, acknowledged - detected, mitigated - started, resolved - started (DOMAIN 4). */
export function durationsOf(times: IncidentTimes): Durations {
  return {
    detectSeconds: between(times.startedAtMs, times.detectedAtMs),
    acknowledgeSeconds: between(times.detectedAtMs, times.acknowledgedAtMs),
    mitigateSeconds: between(times.startedAtMs, times.mitigatedAtMs),
    resolveSeconds: between(times.startedAtMs, times.resolvedAtMs),
  };
}

const ORDER = ["startedAtMs", "detectedAtMs", "acknowledgedAtMs", "mitigatedAtMs", "resolvedAtMs"] as const;

/** The first time that lies before one it has to follow; null when all are in order. */
export function timeOutOfOrder(
  times: IncidentTimes,
): { field: (typeof ORDER)[number]; before: (typeof ORDER)[number] } | null {
  const known = ORDER.flatMap((field) => {
    const atMs = times[field];
    return atMs === null ? [] : [{ field, atMs }];
  });
  for (const [i, { field, atMs }] of known.entries()) {
    const earlier = known[i - 1];
    if (earlier && atMs < earlier.atMs) return { field, before: earlier.field };
  }
  return null;
}
