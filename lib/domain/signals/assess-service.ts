import { type BudgetBrief, spokenStatuses } from "#lib/domain/slo/status/budget-brief.ts";
import { statusOfService } from "#lib/domain/slo/status/subject-status.ts";
import { compareStatus, type Status } from "#lib/domain/status/status.ts";
import { type BatchReading, type BatchVerdict, judgeBatch } from "./batch.ts";
import { judgeErrors, judgeLatency, judgeTraffic } from "./judge-requests.ts";
import { limitsOf, type OwnLimits, type ServiceTier } from "./limits.ts";
import type { LatencyReading, RequestReading } from "./request-readings.ts";
import { type Fullness, judgeSaturation } from "./saturation.ts";
import { type GoldenSignals, serviceStatus } from "./service-health.ts";

/** What the catalogue says of a service. */
export interface ServiceProfile {
  name: string;
  tier: ServiceTier | null;
  kind: "api" | "web" | "batch" | "streaming";
  team: string | null;
  namespace: string | null;
  nodes: string[];
  thresholds: OwnLimits;
}

/** What the sources say of it; `windowSeconds` is what the rates were taken over. */
export interface ServiceReadings {
  windowSeconds: number;
  requests: RequestReading;
  latency: LatencyReading;
  businessErrorsPerSecond: number | null;
  /** The four-week baseline; a set figure takes precedence. */
  baselinePerSecond: number | null;
  fullness: readonly Fullness[];
  batch: BatchReading | null;
  version: string | null;
  /** Its SLOs, worst first; they decide its status. */
  budgets: BudgetBrief[];
}

/** A service judged; the same shape goes over the wire. */
export interface ServiceState {
  name: string;
  tier: ServiceTier | null;
  kind: ServiceProfile["kind"];
  team: string | null;
  namespace: string | null;
  nodes: string[];
  version: string | null;
  status: Status;
  signals: GoldenSignals;
  batch: BatchVerdict | null;
  budgets: BudgetBrief[];
}

const NO_BATCH: BatchReading = {
  runsLastDay: null,
  failuresLastDay: null,
  runsLastWeek: null,
  lastDurationSeconds: null,
  lastSuccessAgeSeconds: null,
};

/** Judges a service by its SLOs, else by its four golden signals, a batch service by its runs. */
export function assessService(profile: ServiceProfile, readings: ServiceReadings): ServiceState {
  const { name, tier, kind, team, namespace, nodes, thresholds } = profile;
  const { windowSeconds, requests } = readings;
  const limits = limitsOf(tier, thresholds);
  const signals: GoldenSignals = {
    latency: judgeLatency(readings.latency, requests, windowSeconds, limits),
    traffic: judgeTraffic(
      requests,
      thresholds.trafficBaselinePerSecond ?? readings.baselinePerSecond,
      windowSeconds,
    ),
    errors: judgeErrors(requests, readings.businessErrorsPerSecond, windowSeconds, limits),
    saturation: judgeSaturation(readings.fullness),
  };
  const batch = kind === "batch" ? judgeBatch(readings.batch ?? NO_BATCH) : null;
  return {
    ...{ name, tier, kind, team, namespace, nodes },
    version: readings.version,
    status: statusOfService(spokenStatuses(readings.budgets), serviceStatus(signals, batch)),
    signals,
    batch,
    budgets: readings.budgets,
  };
}

const TIERS_BY_WEIGHT: readonly (ServiceTier | null)[] = [
  "critical",
  "essential",
  "standard",
  "best_effort",
  null,
];

/** Orders services worst first, then by tier, then by name. */
export function compareServices(a: ServiceState, b: ServiceState): number {
  return (
    compareStatus(a.status, b.status) ||
    TIERS_BY_WEIGHT.indexOf(a.tier) - TIERS_BY_WEIGHT.indexOf(b.tier) ||
    (a.name < b.name ? -1 : 1)
  );
}
