import type { LabelMatcher } from "#lib/domain/access/matchers.ts";

/** Counters or gauges of one metric, chosen by their labels. */
export interface Selection {
  metric: string;
  matchers: LabelMatcher[];
}

export const COMPARISON_OPERATORS = [">", ">=", "<", "<=", "=="] as const;

/** A stated comparison: what a value must pass to be good. */
export interface Comparison {
  operator: (typeof COMPARISON_OPERATORS)[number];
  value: number;
}

/** Requests that did not fail, over all requests. */
export interface AvailabilitySli {
  kind: "availability";
  requests: Selection;
  /** Which of them failed, for example `status=~"5.."`. */
  failed: LabelMatcher[];
}

/** Errors of one class (server errors, timeouts, business errors), over all requests; good is what is left. */
export interface ErrorRateSli {
  kind: "error_rate";
  requests: Selection;
  errors: Selection;
}

/**
 * Requests not slower than a threshold, over all requests: from the bucket of a classic histogram, whose
 * bounds must contain the threshold, or by `histogram_fraction` on a native one.
 */
export interface LatencySli {
  kind: "latency";
  histogram: "classic" | "native";
  /** `metric` is the histogram's base name, without `_bucket`. */
  durations: Selection;
  thresholdSeconds: number;
  /** Multiplies a sample to give seconds: 0.001 where the metric is in milliseconds. */
  durationToSeconds: number;
}

/** Time slices in which the rate of events is as stated, for example at least 10 a second. */
export interface ThroughputSli {
  kind: "throughput";
  events: Selection;
  /** Compares events per second. */
  perSecond: Comparison;
}

/** Answers that were not degraded, over all answers. */
export interface QualitySli {
  kind: "quality";
  answers: Selection;
  degraded: Selection;
}

/** Time slices whose newest success is at most so old. */
export interface FreshnessSli {
  kind: "freshness";
  /** A gauge: Unix time in seconds of the last success. */
  lastSuccess: Selection;
  maxAgeSeconds: number;
}

/** Records processed, over records expected. */
export interface CompletenessSli {
  kind: "completeness";
  expected: Selection;
  processed: Selection;
}

/**
 * Two PromQL expressions of one's own that count events over `$window`, for example
 * `sum(increase(jobs_failed_total[$window]))`.
 */
export interface CustomSli {
  kind: "custom";
  /** What `numerator` counts. */
  form: "good" | "bad";
  numerator: string;
  total: string;
}

/** Time slices in which a PromQL expression passes a comparison: probes, saturation, disk headroom. */
export interface ProbeSli {
  kind: "probe";
  expression: string;
  good: Comparison;
}

/** One step of a user journey. */
export interface CompositeStep {
  name: string;
  /** Key of the SLO that measures the step, as "checkout/availability"; never another journey's. */
  slo: string;
  /** Share in a weighted composite; serial ones leave it out. */
  weight?: number | undefined;
  /** Steps off the critical path are shown, but do not count in a serial composite. */
  onCriticalPath: boolean;
}

export const BUSINESS_IMPACTS = ["high", "medium", "low"] as const;

/** A user journey: the errors of its steps combined, per look-back. */
export interface CompositeSli {
  kind: "composite";
  combine: "serial" | "weighted";
  steps: CompositeStep[];
  businessImpact: (typeof BUSINESS_IMPACTS)[number];
}

/** What is measured, by kind. */
export type Sli =
  | AvailabilitySli
  | ErrorRateSli
  | LatencySli
  | ThroughputSli
  | QualitySli
  | FreshnessSli
  | CompletenessSli
  | CustomSli
  | ProbeSli
  | CompositeSli;
export type SliKind = Sli["kind"];

/**
 * How a kind of SLI counts: `events` have a numerator and a total, `slices` judge a value per time slice and know no
 * events, `steps` have no counts of their own.
 */
export const COUNTING_OF_SLI = {
  availability: "events",
  error_rate: "events",
  latency: "events",
  quality: "events",
  completeness: "events",
  custom: "events",
  throughput: "slices",
  freshness: "slices",
  probe: "slices",
  composite: "steps",
} as const satisfies Record<SliKind, "events" | "slices" | "steps">;

/** Every kind of SLI. */
export const SLI_KINDS = Object.keys(COUNTING_OF_SLI) as SliKind[];

/** The comparison that makes a time slice good, for the kinds that judge a value per slice. */
export function sliceComparison(sli: ThroughputSli | FreshnessSli | ProbeSli): Comparison {
  switch (sli.kind) {
    case "throughput":
      return sli.perSecond;
    case "freshness":
      return { operator: "<=", value: sli.maxAgeSeconds };
    case "probe":
      return sli.good;
  }
}
