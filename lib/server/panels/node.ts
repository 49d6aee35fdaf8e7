import "server-only";
import type { Measured } from "#lib/contracts/measured.ts";
import type { SeriesData } from "#lib/contracts/series.ts";
import { SATURATION_LIMITS } from "#lib/domain/signals/limits.ts";
import {
  cpuByMode,
  diskBusy,
  FIGURE_LABEL,
  filesystemUsed,
  loads,
  memoryUsed,
  networkBytes,
  type NodeScope,
  temperature,
} from "#lib/domain/nodes/node-series.ts";
import { labelledUnion } from "#lib/domain/signals/labelled-union.ts";
import { rateWindowSeconds } from "#lib/domain/signals/request-queries.ts";
import type { PanelContext, PanelLoader } from "#lib/server/query/panel-loader.ts";
import { listCatalogue } from "#lib/server/services/catalogue/list.ts";
import { mapMeasured } from "#lib/server/services/cluster/gather.ts";
import { measurePods } from "#lib/server/services/cluster/measure-pods.ts";
import { measureNodes } from "#lib/server/services/nodes/measure-nodes.ts";
import { nodeScope } from "#lib/server/services/nodes/node-scope.ts";
import { measureServices } from "#lib/server/services/services/measure-services.ts";
import { chartOf, thresholdLines, type toChart } from "./chart.ts";
import { unknownParam } from "./known-service.ts";
import { toPodRow } from "./service.ts";

type Look = Parameters<typeof toChart>[1];
const FULL = thresholdLines(SATURATION_LIMITS.warning, SATURATION_LIMITS.critical);

async function known(context: PanelContext, node: string): Promise<NodeScope> {
  const scope = await nodeScope(context, node);
  if (!scope) throw unknownParam("node", node);
  return scope;
}

const nodeChart =
  (exprOf: (scope: NodeScope, windowSeconds: number) => string, look: Look) =>
  async (context: PanelContext, { node }: { node: string }): Promise<Measured<SeriesData>> => {
    const scope = await known(context, node);
    return chartOf(context, exprOf(scope, rateWindowSeconds(context.stepSeconds)), look);
  };

const byFigure: Look["nameOf"] = (labels) => labels[FIGURE_LABEL] ?? "";
const byDevice: Look["nameOf"] = ({ device }) => device ?? "";

export const nodeCpu: PanelLoader<"node.cpu"> = nodeChart(cpuByMode, {
  unit: "ratio",
  nameOf: ({ mode }) => mode ?? "",
  thresholds: FULL,
});
export const nodeLoad: PanelLoader<"node.load"> = nodeChart(loads, { unit: "count", nameOf: byFigure });
export const nodeMemory: PanelLoader<"node.memory"> = nodeChart(memoryUsed, {
  unit: "ratio",
  nameOf: () => "memory",
  thresholds: FULL,
});
export const nodeFilesystems: PanelLoader<"node.filesystems"> = nodeChart(filesystemUsed, {
  unit: "ratio",
  nameOf: ({ mountpoint }) => mountpoint ?? "",
  thresholds: FULL,
});
export const nodeDiskIo: PanelLoader<"node.disk-io"> = nodeChart(diskBusy, {
  unit: "ratio",
  nameOf: byDevice,
  thresholds: FULL,
});
export const nodeNetwork: PanelLoader<"node.network"> = nodeChart(
  (scope, windowSeconds) =>
    labelledUnion(FIGURE_LABEL, {
      received: networkBytes(scope, "receive", windowSeconds),
      sent: networkBytes(scope, "transmit", windowSeconds),
    }),
  { unit: "bytesPerSecond", nameOf: byFigure },
);
export const nodeTemperature: PanelLoader<"node.temperature"> = nodeChart(temperature, {
  unit: "celsius",
  nameOf: () => "hottest sensor",
});

export const nodeHealth: PanelLoader<"node.health"> = async (context, { node }) =>
  mapMeasured(await measureNodes(context, context.nowMs), (nodes) => {
    const health = nodes.find(({ name }) => name === node);
    if (!health) throw unknownParam("node", node);
    return health;
  });

/** Pods on the node, biggest memory first. */
export const nodePods: PanelLoader<"node.pods"> = async (context, { node }) => {
  await known(context, node);
  return mapMeasured(await measurePods(context), (pods) =>
    pods
      .filter((pod) => pod.node === node)
      .sort((a, b) => (b.memoryBytes ?? -1) - (a.memoryBytes ?? -1))
      .map(toPodRow),
  );
};

export const nodeServices: PanelLoader<"node.services"> = async (context, { node }) => {
  await known(context, node);
  const all = await listCatalogue(context.actor);
  const catalogue = all.filter(({ nodes }) => nodes.includes(node));
  return measureServices(context, { catalogue, scope: "all", nowMs: context.nowMs });
};
