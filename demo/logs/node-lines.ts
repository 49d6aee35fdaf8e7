import type { Moment } from "#demo/sim/moment.ts";
import { happenings, pick, type Interval, type Level, type LogLine, type Random } from "./log-line.ts";

type Unit = "kernel" | "k3s" | "sshd";
type Text = readonly [unit: Unit, level: Level, line: string];

const CONTROL_PLANE = "ai1";
const CALM_PER_SECOND = 1 / 12;
const TROUBLE_PER_SECOND = 1 / 4;

const CALM: readonly [Text, ...Text[]] = [
  ["k3s", "info", 'server.go:310] "Event occurred" kind="Pod" reason="Pulled" type="Normal"'],
  ["k3s", "info", 'compact.go:124] "Compacted revision" took="18ms"'],
  ["k3s", "info", 'kubelet.go:2401] "SyncLoop (PLEG): event for pod" event="ContainerStarted"'],
  ["k3s", "warn", "reflector.go:561] watch closed: too old resource version"],
  ["k3s", "error", 'remote_runtime.go:633] "Status from runtime service failed" err="context canceled"'],
  ["kernel", "info", "eth0: link becomes ready"],
  ["kernel", "info", 'audit: type=1400 apparmor="STATUS" operation="profile_replace"'],
  [
    "kernel",
    "warn",
    "perf: interrupt took too long (2531 > 2500), lowering kernel.perf_event_max_sample_rate",
  ],
  ["sshd", "info", "Accepted publickey for ops from 10.20.0.5 port 52144 ssh2: ED25519"],
  ["sshd", "info", "pam_unix(sshd:session): session closed for user ops"],
  ["sshd", "warn", "Connection closed by invalid user admin 10.20.0.99 port 40022 [preauth]"],
];

const DISK_FULL: readonly [Text, ...Text[]] = [
  ["kernel", "error", "EXT4-fs warning (device sda1): ext4_dx_add_entry: no space left on device"],
  ["k3s", "warn", 'eviction_manager.go:360] "Attempting to reclaim" resourceName="ephemeral-storage"'],
  ["k3s", "error", 'kubelet.go:1511] "Image garbage collection failed" err="no space left on device"'],
];

/** System logs of every node that is up; its troubles and, on the control plane, those of the others. */
export function nodeLines(moment: Moment, interval: Interval, density: number, random: Random): LogLine[] {
  const down = moment.nodes.filter(({ up }) => !up).map(({ spec }) => spec.name);
  return moment.nodes
    .filter(({ up }) => up)
    .flatMap(({ spec: { name } }) => {
      const full = moment.faults.some((fault) => fault.scenario === "disk-full" && fault.target === name);
      const watches = name === CONTROL_PLANE ? down : [];
      return [
        ...happenings(CALM_PER_SECOND * density, interval, random).map((atMs) =>
          lineOf(name, atMs, pick(CALM, random)),
        ),
        ...happenings(full ? TROUBLE_PER_SECOND : 0, interval, random).map((atMs) =>
          lineOf(name, atMs, pick(DISK_FULL, random)),
        ),
        ...watches.flatMap((lost) =>
          happenings(TROUBLE_PER_SECOND, interval, random).map((atMs) => lineOf(name, atMs, lostNode(lost))),
        ),
      ];
    });
}

function lostNode(node: string): Text {
  return ["k3s", "error", `node_lifecycle_controller.go:973] "Node is not ready" node="${node}"`];
}

function lineOf(node: string, timestampMs: number, [unit, level, text]: Text): LogLine {
  const line = unit === "k3s" ? `${klogHeader(level, timestampMs)} ${text}` : text;
  return { labels: { job: "systemd-journal", node, unit, level }, timestampMs, line, metadata: {} };
}

/** How Kubernetes begins its lines: `I1120 22:03:00.000000`. */
function klogHeader(level: Level, timestampMs: number): string {
  const iso = new Date(timestampMs).toISOString();
  return `${level.charAt(0).toUpperCase()}${iso.slice(5, 7)}${iso.slice(8, 10)} ${iso.slice(11, 23)}000`;
}
