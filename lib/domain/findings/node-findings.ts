import type { FilesystemHealth } from "#lib/domain/nodes/filesystems.ts";
import type { NodeGauge, NodeState } from "#lib/domain/nodes/node-health.ts";
import type { Pod } from "#lib/domain/nodes/pods.ts";
import { exceeds, SATURATION_LIMITS } from "#lib/domain/signals/limits.ts";
import { type Level, type Status, statusOfLevel, worstStatus } from "#lib/domain/status/status.ts";
import { writeBytes, writeDays, writeRatio } from "#lib/domain/words/figures.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { type RankedFinding, URGENCY } from "./finding.ts";

const FORECAST_DAYS = 14;
/** A rise below this a day is the ordinary breathing of a node. */
const LEAST_RISE_PER_DAY = 0.002;

const isBad = (level: Level): boolean => level === "CRITICAL" || level === "WARNING";

/** How bad a coming event is: within a day critical, within a week warning, within two attention. */
function statusOfForecast(days: number): Status {
  if (days <= 1) return "critical";
  return days <= 7 ? "warning" : "attention";
}

const inDays = (days: number): string =>
  days < 1.5 ? (days < 0.75 ? "within hours" : "in a day") : `in ${countOf(Math.round(days), "day")}`;

/** What needs attention about one node; `pods` are those that run on it. */
export function nodeFindings(node: NodeState, pods: readonly Pod[]): RankedFinding[] {
  if (node.up === false) return [downFinding(node)];
  const gauges = [
    { what: "cpu", name: "CPU", gauge: node.cpu, nextStep: "See which pod uses it, and move or limit it." },
    {
      what: "disk-io",
      name: "disk I/O",
      gauge: node.diskIo,
      nextStep: "See which pod reads or writes most.",
    },
    {
      what: "network",
      name: "network",
      gauge: node.network,
      nextStep: "See which pod sends or receives most.",
    },
  ];
  return [
    ...conditionFindings(node),
    ...gauges.filter(({ gauge }) => isBad(gauge.level)).map((one) => gaugeFinding(node, one)),
    ...node.filesystems.flatMap((filesystem) => filesystemFinding(node, filesystem) ?? []),
    ...memoryFinding(node, pods),
  ];
}

const base = (node: NodeState, what: string, status: Status) =>
  ({ id: `node/${node.name}/${what}`, status, subject: { kind: "node", name: node.name } }) as const;

function downFinding(node: NodeState): RankedFinding {
  return {
    ...base(node, "down", "critical"),
    title: `${node.name} does not answer`,
    reason: "Its node_exporter cannot be scraped; what runs there may be down as well.",
    nextStep: `Check power and network of ${node.name}, then node_exporter on it.`,
    urgency: URGENCY.nodeDown,
    clause: { text: `${node.name} does not answer`, tail: "" },
  };
}

function conditionFindings(node: NodeState): RankedFinding[] {
  return node.conditions
    .filter(({ bad }) => bad)
    .map(({ type, status }) => {
      const ready = type === "Ready";
      const state = ready ? "is not Ready" : `reports ${type}`;
      return {
        ...base(node, `condition-${type}`, ready ? "critical" : "warning"),
        title: `${node.name} ${state}`,
        reason: `Kubernetes has the condition ${type} at "${status}".`,
        nextStep: `Read the kubelet's log on ${node.name}.`,
        urgency: ready ? URGENCY.nodeDown - 1 : URGENCY.gauge,
        clause: { text: `${node.name} ${state}`, tail: "" },
      };
    });
}

function gaugeFinding(
  node: NodeState,
  { what, name, gauge, nextStep }: { what: string; name: string; gauge: NodeGauge; nextStep: string },
  outlook?: string,
): RankedFinding {
  const used = writeRatio(gauge.ratio);
  const limit = gauge.level === "CRITICAL" ? SATURATION_LIMITS.critical : SATURATION_LIMITS.warning;
  return {
    ...base(node, what, statusOfLevel(gauge.level)),
    title: `${node.name} ${name} ${used}`,
    reason: `Over the limit of ${[writeRatio(limit), outlook].filter(Boolean).join("; ")}.`,
    nextStep,
    urgency: URGENCY.gauge + 9 * Math.min(1, gauge.ratio ?? 0),
    clause: { text: `${node.name} uses ${used} of its ${name}`, tail: "" },
  };
}

function biggestPod(pods: readonly Pod[]): string {
  const biggest = pods
    .filter((pod): pod is Pod & { memoryBytes: number } => pod.memoryBytes !== null)
    .sort((a, b) => b.memoryBytes - a.memoryBytes)[0];
  if (!biggest) return "Find the process that holds it.";
  return `Look at ${biggest.pod} first: it holds ${writeBytes(biggest.memoryBytes)}.`;
}

function filesystemFinding(node: NodeState, filesystem: FilesystemHealth): RankedFinding | null {
  const { mountpoint, level, usedRatio, fullInDays, availableBytes, growthBytesPerDay } = filesystem;
  const days = fullInDays !== null && !exceeds(fullInDays, FORECAST_DAYS) ? fullInDays : null;
  if (!isBad(level) && days === null) return null;
  const statuses: Status[] = [
    ...(isBad(level) ? [statusOfLevel(level)] : []),
    ...(days === null ? [] : [statusOfForecast(days)]),
  ];
  const used = writeRatio(usedRatio);
  const left = `${writeBytes(availableBytes)} left`;
  return {
    ...base(node, `disk${mountpoint}`, worstStatus(statuses)),
    title: `${node.name} ${mountpoint} ${used}${days === null ? "" : `, full in ${writeDays(days)}`}`,
    reason:
      days === null ? `${left}; not filling up.` : `Grows ${writeBytes(growthBytesPerDay)} a day; ${left}.`,
    nextStep: `Free or add space on ${node.name} ${mountpoint}, and see what writes there.`,
    urgency: URGENCY.disk + (days === null ? 0 : 9 - (9 * days) / FORECAST_DAYS),
    clause: {
      text:
        days === null ? `${node.name} ${mountpoint} is ${used} full` : `${node.name} fills ${inDays(days)}`,
      tail: "",
    },
  };
}

/** What memory is now and where it is heading are one finding, for they have one cure. */
function memoryFinding(node: NodeState, pods: readonly Pod[]): RankedFinding[] {
  const nextStep = biggestPod(pods);
  const days = daysToCriticalMemory(node);
  const { level, ratio, risePerDayRatio } = node.memory;
  const gauge = { what: "memory", name: "memory", gauge: node.memory, nextStep };
  if (days === null) return isBad(level) ? [gaugeFinding(node, gauge)] : [];
  const limit = writeRatio(SATURATION_LIMITS.critical);
  const rise = `${writeRatio(risePerDayRatio)} a day`;
  const outlook = `at this rate ${limit} in ${writeDays(days)}`;
  const urgency = URGENCY.forecast + 9 - (9 * days) / FORECAST_DAYS;
  if (isBad(level)) {
    const now = gaugeFinding(node, gauge, outlook);
    const status = worstStatus([now.status, statusOfForecast(days)]);
    const title = `${now.title}, rising ${rise}`;
    return [{ ...now, status, title, urgency: Math.max(now.urgency, urgency) }];
  }
  return [
    {
      ...base(node, "memory", statusOfForecast(days)),
      title: `${node.name} memory rises ${rise}`,
      reason: `Now ${writeRatio(ratio)}; ${outlook}.`,
      nextStep,
      urgency,
      clause: { text: `${node.name} reaches ${limit} of its memory ${inDays(days)}`, tail: "" },
    },
  ];
}

/** Days until memory is critical at the present rise; null when it is not heading there within the forecast. */
function daysToCriticalMemory({ memory: { ratio, risePerDayRatio, level } }: NodeState): number | null {
  if (ratio === null || risePerDayRatio === null || level === "CRITICAL") return null;
  if (risePerDayRatio < LEAST_RISE_PER_DAY) return null;
  const days = (SATURATION_LIMITS.critical - ratio) / risePerDayRatio;
  return days > FORECAST_DAYS ? null : Math.max(0, days);
}
