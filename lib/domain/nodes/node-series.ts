import {
  eq,
  labelList,
  type Matcher,
  neq,
  noneOf,
  notMatches,
  oneOf,
  selector,
} from "#lib/domain/promql/selector.ts";
import { labelledUnion } from "#lib/domain/signals/labelled-union.ts";

/** The label that tells the figures of one answer apart. */
export const FIGURE_LABEL = "figure";
export const BY_NODE = labelList("node", "instance");
export const BY_FILESYSTEM = labelList("node", "instance", "device", "mountpoint");

/** Filesystems that live in memory, are images, or show another one's space. */
const NO_STORAGE = noneOf([
  ...["tmpfs", "ramfs", "devtmpfs", "overlay", "squashfs", "iso9660", "nsfs", "proc", "sysfs", "cgroup"],
  ...["cgroup2", "devpts", "mqueue", "tracefs", "debugfs", "securityfs", "pstore", "bpf", "autofs"],
  ...["efivarfs", "fusectl", "rpc_pipefs", "nfs", "nfs4", "cifs"],
]);
/** Interfaces of containers and tunnels; their bytes pass a physical one as well. */
const PHYSICAL_INTERFACE = notMatches(
  "lo|(veth|cni|flannel|cali|cilium|lxc|docker|br-|virbr|vxlan|tap|tun|wg|kube|dummy|bond|team|vnet).*|.*[.:].*",
);
const PHYSICAL_DISK = notMatches("(loop|ram|dm-|md|zram|sr|fd).*");

/** Which nodes a query is about. */
export type NodeScope = Readonly<Record<string, Matcher>>;
export const ALL_NODES: NodeScope = {};

/** One node, by the exporter addresses it is known under, else by its label `node`. */
export function oneNode(name: string, instances: readonly string[]): NodeScope {
  return instances.length === 0 ? { node: eq(name) } : { instance: oneOf(instances) };
}

/** The largest of each node's series of an expression. */
export function maxOf(expr: string): string {
  return `max by ${BY_NODE} (${expr})`;
}

/** Rate of CPU time in the modes that match, in cores. */
function cpuRate(scope: NodeScope, modes: NodeScope, windowSeconds: number): string {
  return `rate(${selector("node_cpu_seconds_total", { ...scope, ...modes })}[${windowSeconds}s])`;
}

/** Rate of CPU time in all modes: the cores, less what was not scraped, so that a gap is not read as work. */
function cpuTime(scope: NodeScope, windowSeconds: number): string {
  return `sum by ${BY_NODE} (${cpuRate(scope, {}, windowSeconds)})`;
}

/** CPU busy ratio by node: 1 - idle time / time in all modes. */
export function cpuBusy(scope: NodeScope, windowSeconds: number): string {
  const idle = `sum by ${BY_NODE} (${cpuRate(scope, { mode: eq("idle") }, windowSeconds)})`;
  return `1 - ${idle} / ${cpuTime(scope, windowSeconds)}`;
}

/** CPU ratio by node and mode, idle left out; the modes add up to the busy ratio. */
export function cpuByMode(scope: NodeScope, windowSeconds: number): string {
  const modes = `sum by ${labelList("node", "instance", "mode")} (${cpuRate(scope, { mode: neq("idle") }, windowSeconds)})`;
  return `${modes} / on ${BY_NODE} group_left () ${cpuTime(scope, windowSeconds)}`;
}

/** Number of CPUs by node. */
export function cores(scope: NodeScope): string {
  return `count by ${BY_NODE} (${selector("node_cpu_seconds_total", { ...scope, mode: eq("idle") })})`;
}

/** Load averages by node and figure: "1 min", "5 min", "15 min". */
export function loads(scope: NodeScope): string {
  const load = (minutes: number) => maxOf(selector(`node_load${minutes}`, scope));
  return labelledUnion(FIGURE_LABEL, { "1 min": load(1), "5 min": load(5), "15 min": load(15) });
}

/** Memory in bytes by node. */
export function memoryBytes(scope: NodeScope): string {
  return maxOf(selector("node_memory_MemTotal_bytes", scope));
}

/** Memory in use as a ratio: 1 - available / total. */
export function memoryUsed(scope: NodeScope): string {
  return `1 - ${maxOf(selector("node_memory_MemAvailable_bytes", scope))} / ${memoryBytes(scope)}`;
}

/** `avail` or `size` of every real filesystem, in bytes. */
export function filesystemBytes(scope: NodeScope, what: "avail" | "size"): string {
  return selector(`node_filesystem_${what}_bytes`, { ...scope, fstype: NO_STORAGE, mountpoint: neq("") });
}

/** Used ratio of every real filesystem: 1 - available / size. */
export function filesystemUsed(scope: NodeScope): string {
  const used = `1 - ${filesystemBytes(scope, "avail")} / ${filesystemBytes(scope, "size")}`;
  return `max by ${BY_FILESYSTEM} (${used})`;
}

/** Share of time that each disk was busy. */
export function diskBusy(scope: NodeScope, windowSeconds: number): string {
  const seconds = selector("node_disk_io_time_seconds_total", { ...scope, device: PHYSICAL_DISK });
  return `max by ${labelList("node", "instance", "device")} (rate(${seconds}[${windowSeconds}s]))`;
}

function interfaceRate(scope: NodeScope, direction: "receive" | "transmit", windowSeconds: number): string {
  const bytes = selector(`node_network_${direction}_bytes_total`, { ...scope, device: PHYSICAL_INTERFACE });
  return `rate(${bytes}[${windowSeconds}s])`;
}

/** Bytes per second over all physical interfaces, by node. */
export function networkBytes(
  scope: NodeScope,
  direction: "receive" | "transmit",
  windowSeconds: number,
): string {
  return `sum by ${BY_NODE} (${interfaceRate(scope, direction, windowSeconds)})`;
}

/** The busier direction of the busiest interface against its speed, where the speed is known. */
export function networkUsed(scope: NodeScope, windowSeconds: number): string {
  const speed = `(${selector("node_network_speed_bytes", { ...scope, device: PHYSICAL_INTERFACE })} > 0)`;
  const directions = labelledUnion("direction", {
    in: `${interfaceRate(scope, "receive", windowSeconds)} / ${speed}`,
    out: `${interfaceRate(scope, "transmit", windowSeconds)} / ${speed}`,
  });
  return maxOf(directions);
}

/** The hottest sensor of each node in degrees Celsius. */
export function temperature(scope: NodeScope): string {
  const sensors = ["node_hwmon_temp_celsius", "node_thermal_zone_temp"];
  return maxOf(sensors.map((sensor) => selector(sensor, scope)).join(" or "));
}
