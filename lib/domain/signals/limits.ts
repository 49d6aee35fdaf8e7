/** p99 of each service tier, in seconds (the tiers table). */
const P99_SECONDS_OF_TIER = { critical: 0.1, essential: 0.5, standard: 1, best_effort: 2 } as const;
export type ServiceTier = keyof typeof P99_SECONDS_OF_TIER;

/** Limits a person set for a service. */
export interface OwnLimits {
  latencyP99Seconds?: number | undefined;
  errorWarningRatio?: number | undefined;
  errorCriticalRatio?: number | undefined;
  trafficBaselinePerSecond?: number | undefined;
}

/** The limits in force for a service. */
export interface SignalLimits {
  latencyP99Seconds: number;
  errorWarningRatio: number;
  errorCriticalRatio: number;
}

/** A service's limits: what a person set, else what its tier says, else 500 ms, 1 % and 5 %. */
export function limitsOf(tier: ServiceTier | null, own: OwnLimits): SignalLimits {
  return {
    latencyP99Seconds: own.latencyP99Seconds ?? (tier === null ? 0.5 : P99_SECONDS_OF_TIER[tier]),
    errorWarningRatio: own.errorWarningRatio ?? 0.01,
    errorCriticalRatio: own.errorCriticalRatio ?? 0.05,
  };
}

export const SATURATION_LIMITS = { warning: 0.8, critical: 0.9 } as const;

/** Fewer requests than this in the window say nothing about latency and errors. */
export const FEWEST_REQUESTS = 100;

/** Strictly greater, not counting the last digits of floating point: 0.1 + 0.2 does not exceed 0.3. */
export function exceeds(value: number, limit: number): boolean {
  return value - limit > Math.abs(limit) * 1e-9;
}
