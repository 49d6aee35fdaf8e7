import { z } from "zod";
import { DURATION_KEYS } from "#lib/domain/incidents/metrics.ts";
import type { ApiRoute } from "./api-route.ts";
import { Severity } from "./incident-events.ts";

const moment = z.iso.datetime();
const seconds = z.number().nullable();

/** Incidents by when they were detected; without a span those of the last 90 days. */
export const MetricsQuery = z
  .strictObject({
    from: moment.optional(),
    to: moment.optional(),
    service: z.string().min(1).max(253).optional(),
    severity: Severity.optional(),
  })
  .refine(({ from, to }) => !from || !to || Date.parse(from) < Date.parse(to), {
    path: ["to"],
    message: "must lie behind from",
  });
export type MetricsQuery = z.infer<typeof MetricsQuery>;

const DurationMetric = z.object({
  /** How many durations were known. */
  n: z.int(),
  /** How many were not, and are left out of every figure. */
  missing: z.int(),
  medianSeconds: seconds,
  /** By nearest rank: one that was measured. */
  p90Seconds: seconds,
  meanSeconds: seconds,
  /** Against the period of the same length before; null where either has too few incidents to tell. */
  trend: z
    .object({
      previousMedianSeconds: z.number(),
      previousN: z.int(),
      direction: z.enum(["shorter", "longer", "same"]),
    })
    .nullable(),
});
export type DurationMetric = z.infer<typeof DurationMetric>;

const MetricSet = z.object({
  incidents: z.int(),
  detectSeconds: DurationMetric,
  acknowledgeSeconds: DurationMetric,
  mitigateSeconds: DurationMetric,
  resolveSeconds: DurationMetric,
});
export type MetricSet = z.infer<typeof MetricSet>;

/** One incident with its own durations: a dot. */
export const MetricDot = z.object({
  id: z.string(),
  title: z.string(),
  severity: Severity,
  service: z.string().nullable(),
  detectedAt: moment,
  detectSeconds: seconds,
  acknowledgeSeconds: seconds,
  mitigateSeconds: seconds,
  resolveSeconds: seconds,
});
export type MetricDot = z.infer<typeof MetricDot>;

export const IncidentMetrics = z.object({
  from: moment,
  to: moment,
  all: MetricSet,
  bySeverity: z.array(MetricSet.extend({ severity: Severity })),
  /** A null service: incidents that are about none. */
  byService: z.array(MetricSet.extend({ service: z.string().nullable() })),
  dots: z.array(MetricDot),
  targets: z.array(
    z.object({
      name: z.string(),
      key: z.enum(DURATION_KEYS),
      severity: Severity.nullable(),
      belowSeconds: z.number(),
      n: z.int(),
      missing: z.int(),
      meanSeconds: seconds,
      met: z.boolean().nullable(),
    }),
  ),
  /** Periods with fewer incidents than this tell no trend. */
  minTrendIncidents: z.int(),
});
export type IncidentMetrics = z.infer<typeof IncidentMetrics>;
export const IncidentMetricsAnswer = z.object({ metrics: IncidentMetrics });

/** The addresses of the metrics. */
export const INCIDENT_METRICS_ROUTES: readonly ApiRoute[] = [
  {
    method: "GET",
    path: "/api/v1/incidents/metrics",
    access: "incidents:read",
    summary: "TTD, TTA, TTM and TTR by severity and service: median, p90, mean, n, and each incident",
    input: MetricsQuery,
    output: IncidentMetricsAnswer,
  },
  {
    method: "GET",
    path: "/api/v1/incidents/metrics/export",
    access: "incidents:read",
    summary: "The same incidents as a CSV file, a line each",
    input: MetricsQuery,
    output: z.string(),
    contentType: "text/csv",
  },
];
