import { NODES, type Filesystem, type NodeSpec } from "./nodes.ts";
import { channel, noise } from "./noise.ts";
import type { InstanceState } from "./service-state.ts";
import { DAY_MS, type Fault, type World } from "./world.ts";

export interface NodeState {
  spec: NodeSpec;
  up: boolean;
  /** Shares of all CPU time; the rest is idle. */
  cpuBusyRatio: number;
  cpuIowaitRatio: number;
  memoryUsedBytes: number;
  load1: number;
  load15: number;
  /** In the order of the spec's filesystems. */
  filesystemUsedRatios: number[];
  diskReadBytesPerSecond: number;
  diskWrittenBytesPerSecond: number;
  diskBusyRatio: number;
  receiveBytesPerSecond: number;
  transmitBytesPerSecond: number;
  temperatureCelsius: number;
  gpuUtilRatio: number;
}

const MINUTE_MS = 60_000;
const CHANNELS = new Map(NODES.map(({ name }) => [name, channel(`${name}/system`)]));
const BYTES_PER_REQUEST = 46_000;
const MEDIA_BYTES_PER_REQUEST = 2_600_000;

/** nas1's pool fills by 1.5 % a day; at 98.5 % old snapshots are removed and it falls back to 80 %. */
const TANK_PER_DAY = 0.015;
const TANK_HIGH = 0.985;
const TANK_LOW = 0.8;

function tankUsedRatio(world: World, tMs: number, atBirth: number): number {
  const grown = atBirth + (TANK_PER_DAY * (tMs - world.birthMs)) / DAY_MS;
  return grown <= TANK_HIGH
    ? Math.max(0.05, grown)
    : TANK_LOW + ((grown - TANK_LOW) % (TANK_HIGH - TANK_LOW));
}

const DISK_FILLS_IN_MS = 90_000;
const DISK_FULL_RATIO = 0.997;

function usedRatio(
  world: World,
  node: NodeSpec,
  filesystem: Filesystem,
  tMs: number,
  faults: Fault[],
): number {
  const wander = noise(
    world.seed,
    CHANNELS.get(node.name)! + filesystem.mountpoint.length,
    tMs,
    300 * MINUTE_MS,
  );
  const calm =
    filesystem.fstype === "zfs"
      ? tankUsedRatio(world, tMs, filesystem.usedRatio)
      : filesystem.usedRatio + 0.004 * wander;
  const fault = faults.find(({ scenario, target }) => scenario === "disk-full" && target === node.name);
  if (!fault || filesystem !== node.filesystems.at(node.name === "nas1" ? 1 : 0)) return calm;
  const filled = Math.min(1, Math.max(0, (tMs - fault.fromMs) / DISK_FILLS_IN_MS));
  return calm + (DISK_FULL_RATIO - calm) * filled;
}

function requestBytes(states: InstanceState[]): number {
  return states.reduce(
    (sum, { instance, requestsPerSecond }) =>
      sum +
      requestsPerSecond *
        (instance.service.name === "media-store" ? MEDIA_BYTES_PER_REQUEST : BYTES_PER_REQUEST),
    0,
  );
}

function nodeState(
  world: World,
  spec: NodeSpec,
  tMs: number,
  faults: Fault[],
  services: InstanceState[],
): NodeState {
  const system = CHANNELS.get(spec.name)!;
  const wander = (offset: number, minutes: number) =>
    noise(world.seed, system + 100 + offset, tMs, minutes * MINUTE_MS);
  const cores = services.reduce((sum, state) => sum + state.cpuCores, 0);
  const memory = services.reduce((sum, state) => sum + state.memoryBytes, 0);
  const cpuBusyRatio = Math.min(
    0.97,
    Math.max(0.01, spec.cpuBaseRatio + cores / spec.cores + 0.035 * wander(1, 9)),
  );
  const bytes = requestBytes(services);
  const storage = spec.gpus === 0 ? 3 : 1;
  const io = storage * (1.4e6 + 0.9e6 * (1 + wander(2, 6))) + bytes * 0.4;
  const diskBusyRatio = Math.min(0.95, 0.03 + (io / 1.2e8) * (spec.gpus === 0 ? 1 : 0.6));
  return {
    spec,
    up: !faults.some(({ scenario, target }) => scenario === "node-down" && target === spec.name),
    cpuBusyRatio,
    cpuIowaitRatio: Math.min(1 - cpuBusyRatio, diskBusyRatio * 0.05),
    memoryUsedBytes: Math.min(
      0.985 * spec.memoryBytes,
      spec.memoryBytes * (spec.memoryBaseRatio + 0.006 * wander(3, 25)) + memory,
    ),
    load1: spec.cores * cpuBusyRatio * (1.1 + 0.12 * wander(4, 3)),
    load15: spec.cores * cpuBusyRatio * 1.1,
    filesystemUsedRatios: spec.filesystems.map((filesystem) =>
      usedRatio(world, spec, filesystem, tMs, faults),
    ),
    diskReadBytesPerSecond: io * 0.6,
    diskWrittenBytesPerSecond: io * 0.4,
    diskBusyRatio,
    receiveBytesPerSecond: 2.1e6 * (1 + 0.3 * wander(5, 7)) + bytes * 0.35,
    transmitBytesPerSecond: 1.7e6 * (1 + 0.3 * wander(6, 7)) + bytes,
    temperatureCelsius: 38 + 34 * cpuBusyRatio + 1.5 * wander(7, 14),
    gpuUtilRatio: gpuUtilRatio(spec, services, wander(8, 5)),
  };
}

function gpuUtilRatio(spec: NodeSpec, services: InstanceState[], wander: number): number {
  if (spec.gpus === 0) return 0;
  const inference = services.find(({ instance }) => instance.service.name === "inference-gateway");
  return Math.min(0.99, Math.max(0, (inference?.requestsPerSecond ?? 0) * 0.05 + 0.06 * wander + 0.05));
}

export function nodeStates(
  world: World,
  tMs: number,
  faults: Fault[],
  services: InstanceState[],
): NodeState[] {
  return NODES.map((spec) =>
    nodeState(
      world,
      spec,
      tMs,
      faults,
      services.filter(({ instance }) => instance.node === spec.name),
    ),
  );
}
