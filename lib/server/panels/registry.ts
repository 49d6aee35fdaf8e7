import "server-only";
import type { PanelRegistry } from "#lib/server/query/panel-loader.ts";
import {
  clusterAlerts,
  clusterAnswer,
  clusterFindings,
  clusterNodes,
  clusterPods,
  clusterServices,
  sourceLampsPanel,
} from "./cluster.ts";
import { nodeLogs, serviceLogs } from "./logs.ts";
import {
  nodeCpu,
  nodeDiskIo,
  nodeFilesystems,
  nodeHealth,
  nodeLoad,
  nodeMemory,
  nodeNetwork,
  nodePods,
  nodeServices,
  nodeTemperature,
} from "./node.ts";
import { batchAgePanel, batchDurationPanel, batchRecordsPanel, batchRunsPanel } from "./service-batch.ts";
import { queryLogs, queryLogVolume, querySeries } from "./query.ts";
import { serviceErrors, serviceLatency, serviceSaturation, serviceTraffic } from "./service-signals.ts";
import { serviceDependencies, serviceDeploys, serviceHealth, servicePods, serviceRoutes } from "./service.ts";

/** Every panel of the contract with its loader. */
export const panelRegistry: PanelRegistry = {
  "cluster.answer": clusterAnswer,
  "cluster.findings": clusterFindings,
  "cluster.nodes": clusterNodes,
  "cluster.services": clusterServices,
  "cluster.pods": clusterPods,
  "cluster.alerts": clusterAlerts,
  "sources.lamps": sourceLampsPanel,
  "service.health": serviceHealth,
  "service.latency": serviceLatency,
  "service.traffic": serviceTraffic,
  "service.errors": serviceErrors,
  "service.saturation": serviceSaturation,
  "service.batch-runs": batchRunsPanel,
  "service.batch-duration": batchDurationPanel,
  "service.batch-age": batchAgePanel,
  "service.batch-records": batchRecordsPanel,
  "service.routes": serviceRoutes,
  "service.deploys": serviceDeploys,
  "service.pods": servicePods,
  "service.dependencies": serviceDependencies,
  "service.logs": serviceLogs,
  "node.health": nodeHealth,
  "node.cpu": nodeCpu,
  "node.load": nodeLoad,
  "node.memory": nodeMemory,
  "node.filesystems": nodeFilesystems,
  "node.disk-io": nodeDiskIo,
  "node.network": nodeNetwork,
  "node.temperature": nodeTemperature,
  "node.pods": nodePods,
  "node.services": nodeServices,
  "node.logs": nodeLogs,
  "query.series": querySeries,
  "query.logs": queryLogs,
  "query.log-volume": queryLogVolume,
};
