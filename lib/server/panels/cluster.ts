import "server-only";
import { toFinding } from "#lib/domain/findings/finding.ts";
import { podsByNamespace } from "#lib/domain/nodes/pods.ts";
import { pingDatabase } from "#lib/server/db/ping.ts";
import { sourceLamps } from "#lib/server/query/lamps.ts";
import type { PanelLoader } from "#lib/server/query/panel-loader.ts";
import { listCatalogue } from "#lib/server/services/catalogue/list.ts";
import { mapMeasured } from "#lib/server/services/cluster/gather.ts";
import { measureAlerts } from "#lib/server/services/cluster/measure-alerts.ts";
import { measureCluster } from "#lib/server/services/cluster/measure-cluster.ts";
import { measurePods } from "#lib/server/services/cluster/measure-pods.ts";
import { measureNodes } from "#lib/server/services/nodes/measure-nodes.ts";
import { measureServices } from "#lib/server/services/services/measure-services.ts";

export const clusterAnswer: PanelLoader<"cluster.answer"> = async (context) =>
  mapMeasured(await measureCluster(context, context.nowMs), ({ answer }) => answer);

export const clusterFindings: PanelLoader<"cluster.findings"> = async (context) =>
  mapMeasured(await measureCluster(context, context.nowMs), ({ findings }) => findings.map(toFinding));

export const clusterNodes: PanelLoader<"cluster.nodes"> = (context) => measureNodes(context, context.nowMs);

export const clusterServices: PanelLoader<"cluster.services"> = async (context) => {
  const catalogue = await listCatalogue(context.actor);
  return measureServices(context, { catalogue, scope: "all", nowMs: context.nowMs });
};

export const clusterPods: PanelLoader<"cluster.pods"> = async (context) =>
  mapMeasured(await measurePods(context), podsByNamespace);

export const clusterAlerts: PanelLoader<"cluster.alerts"> = (context) => measureAlerts(context);

/** The lamps are as of now by nature: each carries the age of its own newest answer. */
export const sourceLampsPanel: PanelLoader<"sources.lamps"> = async ({ nowMs }) => ({
  data: await sourceLamps(pingDatabase),
  asOf: new Date(nowMs).toISOString(),
  stale: false,
  partial: false,
  warnings: [],
});
