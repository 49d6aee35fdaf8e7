import { type DurationKey, summarise } from "./metrics.ts";
import type { Durations } from "./durations.ts";
import type { Severity } from "./severity.ts";

/** What a mean is to stay below; `severity` null: of all incidents. */
interface MetricTarget {
  name: string;
  key: DurationKey;
  severity: Severity | null;
  belowSeconds: number;
}

/** MTTR of P1 below 30 min, MTTD below 5 min (DOMAIN 4). */
const TARGETS: readonly MetricTarget[] = [
  { name: "MTTR of P1", key: "resolveSeconds", severity: "P1", belowSeconds: 30 * 60 },
  { name: "MTTD", key: "detectSeconds", severity: null, belowSeconds: 5 * 60 },
];

export interface TargetStanding extends MetricTarget {
  n: number;
  missing: number;
  meanSeconds: number | null;
  /** Null while nothing was measured: no incident is no proof. */
  met: boolean | null;
}

/** How the targets stand over some incidents, by their means. */
export function targetStandings(
  incidents: readonly (Durations & { severity: Severity })[],
): TargetStanding[] {
  return TARGETS.map((target) => {
    const own = incidents.filter(({ severity }) => target.severity === null || severity === target.severity);
    const { n, missing, meanSeconds } = summarise(own.map((one) => one[target.key]));
    const met = meanSeconds === null ? null : meanSeconds < target.belowSeconds;
    return { ...target, n, missing, meanSeconds, met };
  });
}
