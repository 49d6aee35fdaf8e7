import { z } from "zod";
import { METRIC_PRESET_NAMES } from "#lib/domain/signals/presets.ts";
import { ServiceKind, Tier } from "./cluster.ts";

/** PostgreSQL keeps neither NUL nor half a surrogate pair, and no name of ours has a control character. */
const printable = /^[^\p{Cc}\p{Cs}]*$/u;
const short = z.string().trim().min(1).max(253).regex(printable, "has control characters");
/** A service's name, as the labels of the sources say it. */
export const CatalogueName = short;
const text = short.nullable();
const metricName = z.string().regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/, "is not a Prometheus metric name");
const labelName = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, "is not a Prometheus label name");

/** Metric and label names of one service where they differ from its preset. */
export const MetricOverrides = z.strictObject({
  requests: metricName.optional(),
  duration: metricName.optional(),
  durationToSeconds: z.number().positive().optional(),
  serviceLabel: labelName.optional(),
  nodeLabel: labelName.optional(),
  routeLabel: labelName.optional(),
  methodLabel: labelName.optional(),
  statusLabel: labelName.optional(),
  errorTypeLabel: labelName.optional(),
});

/** A service's own limits where they differ from the defaults of its tier. */
export const Thresholds = z.strictObject({
  latencyP99Seconds: z.number().positive().max(3600).optional(),
  errorWarningRatio: z.number().gt(0).lt(1).optional(),
  errorCriticalRatio: z.number().gt(0).lt(1).optional(),
  /** A set traffic figure instead of the four-week baseline. */
  trafficBaselinePerSecond: z.number().positive().optional(),
});
export type Thresholds = z.infer<typeof Thresholds>;

export const CRITICAL_ABOVE_WARNING = "must be greater than the warning ratio";
/** Thresholds as a person may set them; those kept from before this rule are still read. */
const EditedThresholds = Thresholds.refine(
  ({ errorWarningRatio: warning = 0, errorCriticalRatio: critical = Infinity }) => critical > warning,
  { path: ["errorCriticalRatio"], message: CRITICAL_ABOVE_WARNING },
);

const editable = {
  tier: Tier.nullable(),
  kind: ServiceKind,
  team: text,
  environment: text,
  owner: text,
  repository: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .regex(printable, "has control characters")
    .nullable(),
  namespace: text,
  nodes: z.array(short).max(200),
  dependencies: z.array(short).max(200),
  metricPreset: z.enum(METRIC_PRESET_NAMES),
  metricOverrides: MetricOverrides,
  thresholds: Thresholds,
};

/** A service of the catalogue: discovered from labels, completed by people. */
export const CatalogueService = z.object({
  name: short,
  ...editable,
  firstSeenAt: z.iso.datetime(),
  /** The last time a source reported it. */
  lastSeenAt: z.iso.datetime(),
  version: z.int().positive(),
});
export type CatalogueService = z.infer<typeof CatalogueService>;

/** An edit; `version` is the one that was read, and 409 answers when it is no longer current. */
export const CataloguePatch = z.strictObject({
  version: z.int().positive(),
  ...z.object({ ...editable, thresholds: EditedThresholds }).partial().shape,
});
export type CataloguePatch = z.infer<typeof CataloguePatch>;

/** What discovery saw in the sources; facts only, never overwriting what a person set. */
export const DiscoveredService = z.object({
  name: short,
  kind: ServiceKind,
  namespace: text,
  nodes: z.array(short),
  metricPreset: z.enum(METRIC_PRESET_NAMES),
  /** From the labels `tier`, `team` and the like on build information or Kubernetes objects, where present. */
  tier: Tier.nullable(),
  team: text,
  dependencies: z.array(short),
});
export type DiscoveredService = z.infer<typeof DiscoveredService>;
