import { limitsOf, type ServiceTier } from "#lib/domain/signals/limits.ts";
import { complement } from "../decimal.ts";

/** What a tier of services promises by default. */
export interface TierDefaults {
  availabilityTarget: number;
  /** 99 % of requests are not slower than this. */
  p99Seconds: number;
  /** Errors allowed over all requests. */
  errorRatio: number;
}

const AVAILABILITY: Record<ServiceTier, number> = {
  critical: 0.9995,
  essential: 0.999,
  standard: 0.995,
  best_effort: 0.99,
};
const ERROR_RATIO: Record<ServiceTier, number> = {
  critical: 0.001,
  essential: 0.01,
  standard: 0.05,
  best_effort: 0.1,
};

/** The defaults of a tier; its p99 is the latency limit of the golden signals, kept in one place. */
export function tierDefaults(tier: ServiceTier): TierDefaults {
  return {
    availabilityTarget: AVAILABILITY[tier],
    p99Seconds: limitsOf(tier, {}).latencyP99Seconds,
    errorRatio: ERROR_RATIO[tier],
  };
}

/** The targets that go with a tier, per kind of SLI: latency is the share of requests within the tier's p99. */
export function tierTargets(tier: ServiceTier): { availability: number; latency: number; errorRate: number } {
  const { availabilityTarget, errorRatio } = tierDefaults(tier);
  return { availability: availabilityTarget, latency: 0.99, errorRate: complement(errorRatio) };
}
