import "server-only";
import { z } from "zod";

export const OPENSLO_VERSION = "openslo/v1";

const text = z.string();
const marks = z.record(z.string(), z.unknown()).optional();
/** Names are read leniently where a definition has no use for them. */
const Metadata = z.object({
  name: text,
  displayName: z.unknown().optional(),
  labels: marks,
  annotations: marks,
});
const head = (kind: string) => ({ apiVersion: z.literal(OPENSLO_VERSION), kind: z.literal(kind) });

const Metric = z.object({
  metricSource: z.object({
    type: text.optional(),
    spec: z.object({ query: text.optional(), promql: text.optional() }),
  }),
});

export const SliSpec = z.object({
  description: z.unknown().optional(),
  thresholdMetric: Metric.optional(),
  ratioMetric: z
    .object({
      counter: z.boolean().optional(),
      good: Metric.optional(),
      bad: Metric.optional(),
      total: Metric.optional(),
      rawType: z.enum(["success", "failure"]).optional(),
      raw: Metric.optional(),
    })
    .optional(),
});
export type SliSpec = z.infer<typeof SliSpec>;
export type Metric = z.infer<typeof Metric>;

export const SliObject = z.object({ ...head("SLI"), metadata: Metadata, spec: SliSpec });

export const ConditionSpec = z.object({
  description: z.unknown().optional(),
  severity: text,
  condition: z.object({
    kind: z.literal("burnrate").default("burnrate"),
    op: z.enum(["lte", "gte", "lt", "gt"]).optional(),
    threshold: z.number(),
    lookbackWindow: text,
    alertAfter: text.optional(),
  }),
});
export type ConditionSpec = z.infer<typeof ConditionSpec>;
export const ConditionObject = z.object({
  ...head("AlertCondition"),
  metadata: Metadata,
  spec: ConditionSpec,
});

const inlineHead = {
  kind: z.unknown().optional(),
  apiVersion: z.unknown().optional(),
  metadata: z.unknown().optional(),
};
export const PolicySpec = z.object({
  description: z.unknown().optional(),
  alertWhenBreaching: z.boolean().optional(),
  conditions: z
    .array(z.object({ ...inlineHead, conditionRef: text.optional(), spec: ConditionSpec.optional() }))
    .length(1),
  notificationTargets: z.array(z.unknown()).optional(),
});
export type PolicySpec = z.infer<typeof PolicySpec>;
export const PolicyObject = z.object({ ...head("AlertPolicy"), metadata: Metadata, spec: PolicySpec });

const Objective = z.object({
  displayName: z.unknown().optional(),
  op: z.enum(["lte", "gte", "lt", "gt"]).optional(),
  value: z.number().optional(),
  target: z.number().optional(),
  targetPercent: z.number().optional(),
  timeSliceTarget: z.number().optional(),
  timeSliceWindow: z.union([text, z.number()]).optional(),
  indicator: z.unknown().optional(),
  indicatorRef: text.optional(),
});
export type Objective = z.infer<typeof Objective>;

const TimeWindow = z.object({
  duration: text,
  isRolling: z.boolean().optional(),
  calendar: z.object({ startTime: text, timeZone: text }).optional(),
});
export type TimeWindow = z.infer<typeof TimeWindow>;

const Policy = z.object({ ...inlineHead, alertPolicyRef: text.optional(), spec: PolicySpec.optional() });
/** Older files name a policy by a text alone. */
function asReference(policy: unknown): unknown {
  return typeof policy === "string" ? { alertPolicyRef: policy } : policy;
}

export const SloObject = z.object({
  ...head("SLO"),
  metadata: Metadata,
  spec: z.object({
    description: text.optional(),
    service: text,
    indicator: z.object({ metadata: z.unknown().optional(), spec: SliSpec }).optional(),
    indicatorRef: text.optional(),
    timeWindow: z.array(TimeWindow).length(1),
    budgetingMethod: z.enum(["Occurrences", "Timeslices", "RatioTimeslices"]),
    objectives: z.array(Objective).min(1),
    alertPolicies: z.array(z.preprocess(asReference, Policy)).optional(),
  }),
});
export type SloObject = z.infer<typeof SloObject>;
