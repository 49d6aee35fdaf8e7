import { z } from "zod";
import { DEFAULT_WIDTH_PX } from "#lib/domain/series/width.ts";
import {
  ClusterAnswer,
  Finding,
  FiringAlert,
  NamespacePods,
  NodeHealth,
  ServiceHealth,
  SourceLamp,
  Status,
} from "./cluster.ts";
import { LogLines } from "./logs.ts";
import { measured } from "./measured.ts";
import { Problem } from "./problem.ts";
import { SeriesData, Unit } from "./series.ts";
import { TimeRange } from "./time-range.ts";

const none = z.strictObject({});
const name = z.string().min(1).max(253);
const ofService = z.strictObject({ service: name });
const ofNode = z.strictObject({ node: name });
const query = z.string().trim().min(1).max(10_000);
/** How many lines, 1 to 4,999: Loki gives no more at once. */
const lineLimit = z
  .string()
  .regex(/^[1-9]\d{0,3}$/)
  .refine((lines) => Number(lines) <= 4_999, "must be 4999 at most")
  .default("50");
const figure = z.number().nullable();

const RouteRow = z.object({
  route: z.string(),
  method: z.string(),
  requestsPerSecond: figure,
  errorRatio: figure,
  p95Seconds: figure,
});
const PodRow = z.object({
  pod: z.string(),
  namespace: z.string(),
  node: z.string().nullable(),
  phase: z.string(),
  ready: z.boolean().nullable(),
  restartsLastDay: figure,
  cpuCores: figure,
  cpuLimitRatio: figure,
  memoryBytes: figure,
  memoryLimitRatio: figure,
});
export type PodRow = z.infer<typeof PodRow>;
/** A deploy seen in build information: the version that appeared, and when. */
const Deploy = z.object({ at: z.iso.datetime(), version: z.string(), previous: z.string().nullable() });
export type Deploy = z.infer<typeof Deploy>;
const ServiceLink = z.object({ name: z.string(), status: Status });

const series = { series: SeriesData };

/**
 * Every built-in panel: the parameters it takes and the data it answers. The browser names a panel; the query behind it
 * is built on the server. Those of `query` alone take one, as it stands in a runbook.
 */
export const PANELS = {
  "cluster.answer": { params: none, data: ClusterAnswer },
  "cluster.findings": { params: none, data: z.array(Finding) },
  "cluster.nodes": { params: none, data: z.array(NodeHealth) },
  "cluster.services": { params: none, data: z.array(ServiceHealth) },
  "cluster.pods": { params: none, data: z.array(NamespacePods) },
  "cluster.alerts": { params: none, data: z.array(FiringAlert) },
  "sources.lamps": { params: none, data: z.array(SourceLamp) },
  "service.health": { params: ofService, data: ServiceHealth },
  "service.latency": { params: ofService, data: series.series },
  "service.traffic": { params: ofService, data: series.series },
  "service.errors": { params: ofService, data: series.series },
  "service.saturation": { params: ofService, data: series.series },
  "service.batch-runs": { params: ofService, data: series.series },
  "service.batch-duration": { params: ofService, data: series.series },
  "service.batch-age": { params: ofService, data: series.series },
  "service.batch-records": { params: ofService, data: series.series },
  "service.routes": { params: ofService, data: z.array(RouteRow) },
  "service.deploys": { params: ofService, data: z.array(Deploy) },
  "service.pods": { params: ofService, data: z.array(PodRow) },
  "service.dependencies": {
    params: ofService,
    data: z.object({ upstream: z.array(ServiceLink), downstream: z.array(ServiceLink) }),
  },
  "service.logs": { params: ofService, data: LogLines },
  "node.health": { params: ofNode, data: NodeHealth },
  "node.cpu": { params: ofNode, data: series.series },
  "node.load": { params: ofNode, data: series.series },
  "node.memory": { params: ofNode, data: series.series },
  "node.filesystems": { params: ofNode, data: series.series },
  "node.disk-io": { params: ofNode, data: series.series },
  "node.network": { params: ofNode, data: series.series },
  "node.temperature": { params: ofNode, data: series.series },
  "node.pods": { params: ofNode, data: z.array(PodRow) },
  "node.services": { params: ofNode, data: z.array(ServiceHealth) },
  "node.logs": { params: ofNode, data: LogLines },
  "query.series": { params: z.strictObject({ query, unit: Unit.default("count") }), data: series.series },
  "query.logs": { params: z.strictObject({ query, limit: lineLimit }), data: LogLines },
  "query.log-volume": { params: z.strictObject({ query }), data: series.series },
} as const;
export type PanelName = keyof typeof PANELS;
export type PanelParams<N extends PanelName> = z.infer<(typeof PANELS)[N]["params"]>;
export type PanelData<N extends PanelName> = z.infer<(typeof PANELS)[N]["data"]>;

/** One panel of a page; `id` is the caller's own and comes back on the answer's line. */
export const PanelRequest = z.strictObject({
  id: z.string().min(1).max(64),
  panel: z.string().min(1).max(64),
  params: z.record(z.string(), z.string()).default({}),
  widthPx: z.int().min(50).max(4000).default(DEFAULT_WIDTH_PX),
  /** `answerId` of the chart that the caller holds: then only what is newer may be told. */
  have: z.string().min(1).max(64).optional(),
});
export type PanelRequest = z.infer<typeof PanelRequest>;

/** All panels of a page at once; the answer is NDJSON, a line per panel in the order they are ready. */
export const PanelsRequest = z.strictObject({
  range: TimeRange,
  panels: z
    .array(PanelRequest)
    .min(1)
    .max(50)
    .refine((panels) => new Set(panels.map((p) => p.id)).size === panels.length, "panel ids must differ"),
});
export type PanelsRequest = z.infer<typeof PanelsRequest>;

/** The query behind a panel, for "view query". */
export const QueryText = z.object({
  source: z.string(),
  expr: z.string(),
  /** Without one it is PromQL. */
  language: z.literal("logql").optional(),
});
export type QueryText = z.infer<typeof QueryText>;

/** A line of the answer; `answer.data` is to be parsed with the panel's own schema. */
export const PanelLine = z.union([
  z.object({
    id: z.string(),
    ok: z.literal(true),
    answer: measured(z.unknown()),
    queries: z.array(QueryText),
    /** Names the data of a chart, for `have`. */
    answerId: z.string().optional(),
    /** Where it stands, the data is a `SeriesTail` over the chart of that id, whose queries are those of this one. */
    onto: z.string().optional(),
  }),
  z.object({ id: z.string(), ok: z.literal(false), problem: Problem }),
]);
export type PanelLine = z.infer<typeof PanelLine>;
