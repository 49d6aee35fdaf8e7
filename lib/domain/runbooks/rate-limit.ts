/** At most so many runs in so many minutes. */
export interface RunLimit {
  runs: number;
  perMinutes: number;
}

/** How much of a limit is used. */
export interface LimitUse {
  used: number;
  /** When the next run is free, in ms since 1970; null while one is free now. */
  freeAtMs: number | null;
}

const MINUTE_MS = 60_000;

/** The length of the sliding window, in ms. */
export function windowMs({ perMinutes }: RunLimit): number {
  return perMinutes * MINUTE_MS;
}

/**
 * What runs that were let go leave of a limit: a sliding window, open at its old end, so that a run leaves it exactly
 * `perMinutes` later. Runs of the future (another replica's clock) count.
 */
export function limitUse(limit: RunLimit, letGoAtMs: readonly number[], nowMs: number): LimitUse {
  const length = windowMs(limit);
  const within = letGoAtMs.filter((at) => at > nowMs - length).sort((a, b) => b - a);
  // One is free again when the oldest of the newest `runs` leaves the window.
  const blocking = within[limit.runs - 1];
  return { used: within.length, freeAtMs: blocking === undefined ? null : blocking + length };
}
