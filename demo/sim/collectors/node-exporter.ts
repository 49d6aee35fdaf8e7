import type { NodeName, NodeSpec } from "../nodes.ts";
import { NODES } from "../nodes.ts";
import type { Moment } from "../moment.ts";
import type { NodeState } from "../node-state.ts";
import { Exposition } from "../series.ts";
import { DAY_MS } from "../world.ts";

type Read = (moment: Moment) => number;
type OfNode = (read: (node: NodeState) => number) => Read;

/** How long the nodes had been up when the history begins. */
export const UPTIME_AT_START_MS = 11 * DAY_MS;

const KERNEL = "6.1.0-28-amd64";
/** CPU 0 takes the interrupts, so it is busier than the last. */
const lean = (cpu: number): number => 1.12 - 0.08 * cpu;

function cpu(out: Exposition, spec: NodeSpec, of: OfNode): void {
  const seconds = out.secondsCounter("node_cpu_seconds_total", "Seconds the CPUs spent in each mode.");
  const load1 = out.gauge("node_load1", "1m load average.");
  const load5 = out.gauge("node_load5", "5m load average.");
  const load15 = out.gauge("node_load15", "15m load average.");
  for (let index = 0; index < spec.cores; index++) {
    const busy = (node: NodeState) => Math.min(1 - node.cpuIowaitRatio, node.cpuBusyRatio * lean(index));
    const mode = (name: string, read: (node: NodeState) => number) =>
      seconds({ cpu: String(index), mode: name }, of(read));
    mode("idle", (node) => 1 - node.cpuIowaitRatio - busy(node));
    mode("iowait", (node) => node.cpuIowaitRatio);
    mode("softirq", (node) => 0.04 * busy(node));
    mode("system", (node) => 0.22 * busy(node));
    mode("user", (node) => 0.74 * busy(node));
  }
  load1(
    {},
    of((node) => node.load1),
  );
  load5(
    {},
    of((node) => (node.load1 + 2 * node.load15) / 3),
  );
  load15(
    {},
    of((node) => node.load15),
  );
}

function memory(out: Exposition, spec: NodeSpec, of: OfNode): void {
  const bytes = (field: string, read: (available: number) => number) =>
    out.gauge(`node_memory_${field}_bytes`, `Memory information field ${field}_bytes.`)(
      {},
      of((node) => Math.round(read(spec.memoryBytes - node.memoryUsedBytes))),
    );
  bytes("MemTotal", () => spec.memoryBytes);
  bytes("MemAvailable", (available) => available);
  bytes("MemFree", (available) => available * 0.31);
  bytes("Buffers", (available) => available * 0.03);
  bytes("Cached", (available) => available * 0.64);
}

function filesystems(out: Exposition, spec: NodeSpec, of: OfNode): void {
  const size = out.gauge("node_filesystem_size_bytes", "Filesystem size in bytes.");
  const free = out.gauge("node_filesystem_free_bytes", "Filesystem free space in bytes.");
  const available = out.gauge(
    "node_filesystem_avail_bytes",
    "Filesystem space available to non-root users in bytes.",
  );
  spec.filesystems.forEach(({ device, fstype, mountpoint, sizeBytes }, index) => {
    const labels = { device, fstype, mountpoint };
    const unused = of((node) => Math.round(sizeBytes * (1 - node.filesystemUsedRatios[index]!)));
    size(labels, () => Math.round(sizeBytes));
    free(labels, unused);
    available(labels, unused);
  });
}

function disks(out: Exposition, spec: NodeSpec, of: OfNode): void {
  const read = out.counter("node_disk_read_bytes_total", "The total number of bytes read successfully.");
  const written = out.counter(
    "node_disk_written_bytes_total",
    "The total number of bytes written successfully.",
  );
  const busy = out.secondsCounter("node_disk_io_time_seconds_total", "Total seconds spent doing I/Os.");
  const share = 1 / spec.disks.length;
  for (const device of spec.disks) {
    read(
      { device },
      of((node) => node.diskReadBytesPerSecond * share),
    );
    written(
      { device },
      of((node) => node.diskWrittenBytesPerSecond * share),
    );
    busy(
      { device },
      of((node) => node.diskBusyRatio),
    );
  }
}

function network(out: Exposition, spec: NodeSpec, of: OfNode): void {
  const receive = out.counter("node_network_receive_bytes_total", "Network device statistic receive_bytes.");
  const transmit = out.counter(
    "node_network_transmit_bytes_total",
    "Network device statistic transmit_bytes.",
  );
  const devices = { eth0: 1, "flannel.1": 0.35 };
  for (const [device, share] of Object.entries(devices)) {
    receive(
      { device },
      of((node) => node.receiveBytesPerSecond * share),
    );
    transmit(
      { device },
      of((node) => node.transmitBytesPerSecond * share),
    );
  }
  out.gauge("node_network_speed_bytes", "Network device property: speed_bytes.")(
    { device: "eth0" },
    () => spec.networkBytesPerSecond,
  );
}

function system(out: Exposition, spec: NodeSpec, of: OfNode): void {
  const temperature = out.gauge("node_hwmon_temp_celsius", "Hardware monitor for temperature (input).");
  temperature(
    { chip: "platform_coretemp_0", sensor: "temp1" },
    of((node) => Math.round(node.temperatureCelsius)),
  );
  out.gauge("node_boot_time_seconds", "Node boot time, in unixtime.")({}, ({ world }) =>
    Math.round((world.startMs - UPTIME_AT_START_MS) / 1000),
  );
  out.gauge("node_time_seconds", "System time in seconds since epoch (1970).")({}, ({ tMs }) => tMs / 1000);
  const uname = {
    domainname: "(none)",
    machine: "x86_64",
    nodename: spec.name,
    release: KERNEL,
    sysname: "Linux",
  };
  out.gauge("node_uname_info", "Labeled system information as provided by the uname system call.")(
    uname,
    () => 1,
  );
}

/** What node_exporter answers on a node. */
export function nodeExporter(name: NodeName): Exposition {
  const index = NODES.findIndex((node) => node.name === name);
  const spec = NODES[index]!;
  const of: OfNode = (read) => (moment) => read(moment.nodes[index]!);
  const out = new Exposition();
  for (const collect of [cpu, memory, filesystems, disks, network, system]) collect(out, spec, of);
  return out;
}

/** What the GPU exporter answers on a node with one GPU. */
export function dcgmExporter(name: NodeName): Exposition {
  const index = NODES.findIndex((node) => node.name === name);
  const out = new Exposition();
  const labels = { gpu: "0", device: "nvidia0", modelName: "NVIDIA L40S", Hostname: name };
  const gauge = (field: string, help: string, read: (node: NodeState) => number) =>
    out.gauge(`DCGM_FI_DEV_${field}`, help)(labels, (moment) => read(moment.nodes[index]!));
  gauge("GPU_UTIL", "GPU utilization (in %).", (node) => Math.round(100 * node.gpuUtilRatio));
  gauge("FB_USED", "Framebuffer memory used (in MiB).", (node) =>
    Math.round(21_000 + 9_000 * node.gpuUtilRatio),
  );
  gauge("GPU_TEMP", "GPU temperature (in C).", (node) => Math.round(41 + 33 * node.gpuUtilRatio));
  return out;
}
