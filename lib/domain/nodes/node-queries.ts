import { labelledUnion } from "#lib/domain/signals/labelled-union.ts";
import {
  ALL_NODES,
  BY_FILESYSTEM,
  BY_NODE,
  cores,
  cpuBusy,
  diskBusy,
  FIGURE_LABEL,
  filesystemBytes,
  filesystemUsed,
  maxOf,
  memoryBytes,
  memoryUsed,
  networkBytes,
  networkUsed,
  temperature,
} from "./node-series.ts";

const DAY_SECONDS = 86_400;
const TREND_SECONDS = 3 * DAY_SECONDS;
/** A trend needs a quarter of a day behind it: ten minutes of noise would fill any disk by tomorrow. */
const TREND_NEEDS_SECONDS = DAY_SECONDS / 4;

/**
 * What moves on a node, by node and figure: `cpu`, `memory`, `disk` (the fullest filesystem), `diskIo`
 * and `network` (the busiest interface against its speed) as ratios, `networkBytes` in bytes per second.
 */
export function nodeGauges(windowSeconds: number): string {
  const bytes = (direction: "receive" | "transmit") => networkBytes(ALL_NODES, direction, windowSeconds);
  return labelledUnion(FIGURE_LABEL, {
    cpu: cpuBusy(ALL_NODES, windowSeconds),
    memory: memoryUsed(ALL_NODES),
    disk: maxOf(filesystemUsed(ALL_NODES)),
    diskIo: maxOf(diskBusy(ALL_NODES, windowSeconds)),
    network: networkUsed(ALL_NODES, windowSeconds),
    networkBytes: `${bytes("receive")} + ${bytes("transmit")}`,
  });
}

/** What stands still on a node, by figure: cores, load1, memoryBytes, uptimeSeconds, temperatureCelsius. */
export function nodeFacts(): string {
  return labelledUnion(FIGURE_LABEL, {
    cores: cores(ALL_NODES),
    load1: maxOf("node_load1"),
    memoryBytes: memoryBytes(ALL_NODES),
    uptimeSeconds: `time() - ${maxOf("node_boot_time_seconds")}`,
    temperatureCelsius: temperature(ALL_NODES),
  });
}

/**
 * Who the nodes are, by figure: `exporter` and `uname` remember the last day, so that a node that went
 * down is missed; `up` of every target; `kube`, `condition` and `role` from kube-state-metrics; `gpu` from DCGM.
 */
export function nodeIdentities(): string {
  return labelledUnion(FIGURE_LABEL, {
    exporter: "max by (node, instance, job) (last_over_time(node_boot_time_seconds[1d]))",
    uname: "max by (node, instance, nodename) (last_over_time(node_uname_info[1d]))",
    up: "max by (node, instance, job) (up)",
    kube: "max by (node) (kube_node_info)",
    condition: "max by (node, condition, status) (kube_node_status_condition) == 1",
    role: "max by (node, role) (kube_node_role)",
    gpu: "max by (node, instance, Hostname) (last_over_time(DCGM_FI_DEV_GPU_UTIL[1d]))",
  });
}

/** Size and free space of every real filesystem in bytes, told apart by figure: `size`, `available`. */
export function nodeFilesystems(): string {
  const by = `max by ${BY_FILESYSTEM}`;
  return labelledUnion(FIGURE_LABEL, {
    size: `${by} (${filesystemBytes(ALL_NODES, "size")})`,
    available: `${by} (${filesystemBytes(ALL_NODES, "avail")})`,
  });
}

/**
 * Linear trends over three days (the regression behind `predict_linear`): `growth` of each filesystem
 * in bytes a day, `memoryRise` of each node as a ratio of its memory a day.
 */
export function nodeTrends(): string {
  const perDay = (gauge: string) =>
    `-${DAY_SECONDS} * (deriv(${gauge}[${TREND_SECONDS}s]) and ${gauge} offset ${TREND_NEEDS_SECONDS}s)`;
  const rise = `max by ${BY_NODE} (${perDay("node_memory_MemAvailable_bytes")})`;
  return labelledUnion(FIGURE_LABEL, {
    growth: `max by ${BY_FILESYSTEM} (${perDay(filesystemBytes(ALL_NODES, "avail"))})`,
    memoryRise: `${rise} / ${memoryBytes(ALL_NODES)}`,
  });
}
