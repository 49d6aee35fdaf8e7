import { z } from "zod";
import { SERVICE_KINDS, TIERS } from "#lib/domain/catalogue/vocabulary.ts";
import { LEVELS, STATUSES } from "#lib/domain/status/status.ts";
import { BudgetBrief } from "./budget-brief.ts";

export const Status = z.enum(STATUSES);
export const Level = z.enum(LEVELS);
const figure = z.number().nullable();

export const Tier = z.enum(TIERS);
export type Tier = z.infer<typeof Tier>;
export const ServiceKind = z.enum(SERVICE_KINDS);
export type ServiceKind = z.infer<typeof ServiceKind>;

const signal = { level: Level, reason: z.string() };
export const LatencySignal = z.object({
  ...signal,
  p50Seconds: figure,
  p95Seconds: figure,
  p99Seconds: figure,
  thresholdSeconds: z.number(),
});
export const TrafficSignal = z.object({
  ...signal,
  requestsPerSecond: figure,
  baselinePerSecond: figure,
  /** Now against the baseline: 2 is twice as much. */
  ratio: figure,
});
export const ErrorsSignal = z.object({
  ...signal,
  /** 5xx over all requests, as are the two below over all requests. */
  ratio: figure,
  clientErrorRatio: figure,
  timeoutRatio: figure,
  businessErrorsPerSecond: figure,
});
export const SaturationSignal = z.object({
  ...signal,
  ratio: figure,
  resource: z.enum(["cpu", "memory", "disk", "network"]).nullable(),
  /** The pod, or the batch job's node, that is fullest. */
  subject: z.string().nullable(),
});
export const BatchSignal = z.object({
  ...signal,
  runsLastDay: figure,
  failuresLastDay: figure,
  lastDurationSeconds: figure,
  lastSuccessAgeSeconds: figure,
});

/** A service with its four golden signals; a batch service has `batch` and UNKNOWN request signals. */
export const ServiceHealth = z.object({
  name: z.string(),
  tier: Tier.nullable(),
  kind: ServiceKind,
  team: z.string().nullable(),
  namespace: z.string().nullable(),
  nodes: z.array(z.string()),
  version: z.string().nullable(),
  status: Status,
  signals: z.object({
    latency: LatencySignal,
    traffic: TrafficSignal,
    errors: ErrorsSignal,
    saturation: SaturationSignal,
  }),
  batch: BatchSignal.nullable(),
  /** Its SLOs, worst first. */
  budgets: z.array(BudgetBrief),
});
export type ServiceHealth = z.infer<typeof ServiceHealth>;

/** A small line behind a figure; the newest value is last. */
export const Spark = z.array(figure);
export const Gauge = z.object({ level: Level, ratio: figure, spark: Spark });
export const Filesystem = z.object({
  mountpoint: z.string(),
  level: Level,
  usedRatio: figure,
  sizeBytes: figure,
  availableBytes: figure,
  /** Days until it is full at the present rate (predict_linear); null when it is not filling. */
  fullInDays: figure,
  growthBytesPerDay: figure,
});

/** A node with its saturation. `up` is null when nothing reports on it. */
export const NodeHealth = z.object({
  name: z.string(),
  role: z.string().nullable(),
  status: Status,
  up: z.boolean().nullable(),
  reasons: z.array(z.string()),
  uptimeSeconds: figure,
  cores: figure,
  load1: figure,
  memoryBytes: figure,
  cpu: Gauge,
  memory: Gauge.extend({ risePerDayRatio: figure }),
  /** The fullest filesystem. */
  disk: Gauge.extend({ mountpoint: z.string().nullable(), fullInDays: figure }),
  diskIo: Gauge,
  network: z.object({ level: Level, ratio: figure, bytesPerSecond: figure, spark: Spark }),
  temperatureCelsius: figure,
  filesystems: z.array(Filesystem),
  conditions: z.array(
    z.object({ type: z.string(), status: z.enum(["true", "false", "unknown"]), bad: z.boolean() }),
  ),
  pods: z.object({ running: figure, notReady: figure }),
  /** The SLOs of the node itself, worst first. */
  budgets: z.array(BudgetBrief),
});
export type NodeHealth = z.infer<typeof NodeHealth>;

export const NamespacePods = z.object({
  namespace: z.string(),
  ready: z.int(),
  total: z.int(),
  phases: z.record(z.string(), z.int()),
  restartsLastDay: figure,
  notReady: z.array(z.object({ pod: z.string(), phase: z.string(), reason: z.string().nullable() })),
});
export type NamespacePods = z.infer<typeof NamespacePods>;

export const FiringAlert = z.object({
  fingerprint: z.string(),
  name: z.string(),
  state: z.enum(["firing", "pending", "suppressed"]),
  severity: z.string(),
  labels: z.record(z.string(), z.string()),
  summary: z.string(),
  description: z.string(),
  runbookUrl: z.string().nullable(),
  startedAt: z.iso.datetime(),
  service: z.string().nullable(),
  node: z.string().nullable(),
});
export type FiringAlert = z.infer<typeof FiringAlert>;

/** One thing that needs attention: the number, why it matters, what to do next. */
export const Finding = z.object({
  id: z.string(),
  status: Status,
  subject: z.object({
    kind: z.enum(["service", "node", "journey", "namespace", "source"]),
    name: z.string(),
  }),
  title: z.string(),
  reason: z.string(),
  nextStep: z.string(),
});
export type Finding = z.infer<typeof Finding>;

/** "How is the cluster?" in one sentence, in pieces so that the bad part can be coloured. */
export const ClusterAnswer = z.object({
  status: Status,
  sentence: z.array(z.object({ text: z.string(), status: Status.nullable() })),
  facts: z.array(z.string()),
});
export type ClusterAnswer = z.infer<typeof ClusterAnswer>;

export const SOURCE_KINDS = ["prometheus", "loki", "alertmanager", "database"] as const;
export const SourceKind = z.enum(SOURCE_KINDS);
export type SourceKind = z.infer<typeof SourceKind>;
/** A lamp of the top bar. `lastSeenAt` is the newest good answer. */
export const SourceLamp = z.object({
  kind: SourceKind,
  name: z.string(),
  state: z.enum(["ok", "slow", "down", "not_configured"]),
  latencyMs: figure,
  lastSeenAt: z.iso.datetime().nullable(),
  error: z.string().nullable(),
});
export type SourceLamp = z.infer<typeof SourceLamp>;
