import { exceeds } from "#lib/domain/signals/limits.ts";
import { saturationLevel } from "#lib/domain/signals/saturation.ts";
import { type Sample, samplesBy } from "#lib/domain/signals/sample.ts";
import { worstLevel } from "#lib/domain/signals/service-health.ts";
import { type BudgetBrief, budgetReason, spokenStatuses } from "#lib/domain/slo/status/budget-brief.ts";
import { statusOfNode } from "#lib/domain/slo/status/subject-status.ts";
import { type Level, type Status, statusOfLevel } from "#lib/domain/status/status.ts";
import { writeDays, writeRatio } from "#lib/domain/words/figures.ts";
import { type NodeCondition, readConditions, readUp } from "./conditions.ts";
import { type FilesystemHealth, readFilesystems } from "./filesystems.ts";
import { nodeNamer } from "./node-names.ts";

type Figure = number | null;
export interface NodeGauge {
  level: Level;
  ratio: Figure;
  spark: Figure[];
}

/** A node with all that is known of it; the same shape goes over the wire. */
export interface NodeState {
  name: string;
  role: string | null;
  status: Status;
  up: boolean | null;
  reasons: string[];
  uptimeSeconds: Figure;
  cores: Figure;
  load1: Figure;
  memoryBytes: Figure;
  cpu: NodeGauge;
  memory: NodeGauge & { risePerDayRatio: Figure };
  disk: NodeGauge & { mountpoint: string | null; fullInDays: Figure };
  diskIo: NodeGauge;
  network: NodeGauge & { bytesPerSecond: Figure };
  temperatureCelsius: Figure;
  filesystems: FilesystemHealth[];
  conditions: NodeCondition[];
  pods: { running: Figure; notReady: Figure };
  /** The SLOs of the node itself, worst first. */
  budgets: BudgetBrief[];
}

/** Answers of the queries of the same names; empty where a query failed or found nothing. */
export interface NodeSamples {
  identities: readonly Sample[];
  gauges: readonly Sample[];
  facts: readonly Sample[];
  filesystems: readonly Sample[];
  trends: readonly Sample[];
  sparks: readonly { labels: Sample["labels"]; values: readonly Figure[] }[];
  pods: ReadonlyMap<string, { running: number; notReady: number }>;
  budgets: ReadonlyMap<string, BudgetBrief[]>;
}

/** A disk this size beside the system's own makes a node a storage node. */
const STORAGE_BYTES = 2e12;

/** Every node that any source names, by name. */
export function readNodes(samples: NodeSamples): NodeState[] {
  const nameOf = nodeNamer(samples.identities);
  const identities = samplesBy(samples.identities, nameOf);
  const grouped = {
    gauges: samplesBy(samples.gauges, nameOf),
    facts: samplesBy(samples.facts, nameOf),
    filesystems: samplesBy(samples.filesystems, nameOf),
    trends: samplesBy(samples.trends, nameOf),
  };
  const names = new Set([...grouped.gauges.keys(), ...grouped.facts.keys()]);
  for (const [name, own] of identities) if (own.some(({ labels }) => namesANode(labels))) names.add(name);
  return [...names].sort().map((name) =>
    readNode(name, {
      identities: identities.get(name) ?? [],
      gauges: grouped.gauges.get(name) ?? [],
      facts: grouped.facts.get(name) ?? [],
      filesystems: grouped.filesystems.get(name) ?? [],
      trends: grouped.trends.get(name) ?? [],
      sparks: samples.sparks.filter(({ labels }) => nameOf(labels) === name),
      pods: samples.pods,
      budgets: samples.budgets,
    }),
  );
}

/** `up` covers every target there is, most of which are no nodes. */
function namesANode({ figure }: Sample["labels"]): boolean {
  return figure === "exporter" || figure === "uname" || figure === "kube" || figure === "condition";
}

function readNode(name: string, samples: NodeSamples): NodeState {
  const fact = (figure: string) => valueOf(samples.facts, figure);
  const conditions = readConditions(samples.identities);
  const filesystems = readFilesystems(samples.filesystems, samples.trends);
  const up = readUp(samples.identities, conditions);
  // Rates outlive the last scrape by their window: of a node that is down they say nothing.
  const gauges = up === false ? [] : samples.gauges;
  const gauge = (figure: string): NodeGauge => {
    const ratio = valueOf(gauges, figure);
    return { level: saturationLevel(ratio), ratio, spark: sparkOf(samples, figure) };
  };
  const measured = {
    up,
    cpu: gauge("cpu"),
    memory: { ...gauge("memory"), risePerDayRatio: valueOf(samples.trends, "memoryRise") },
    disk: diskGauge(filesystems, sparkOf(samples, "disk")),
    diskIo: gauge("diskIo"),
    network: networkGauge({ ...samples, gauges }),
    conditions,
  };
  const budgets = samples.budgets.get(name) ?? [];
  const judged = judgeNode(measured);
  return {
    name,
    role: roleOf(samples.identities, filesystems),
    ...judged,
    status: statusOfNode(spokenStatuses(budgets), judged.status),
    reasons: [...judged.reasons, ...budgets.flatMap((budget) => budgetReason(budget) ?? [])],
    ...measured,
    uptimeSeconds: fact("uptimeSeconds"),
    cores: fact("cores"),
    load1: fact("load1"),
    memoryBytes: fact("memoryBytes"),
    temperatureCelsius: fact("temperatureCelsius"),
    filesystems,
    pods: samples.pods.get(name) ?? { running: null, notReady: null },
    budgets,
  };
}

function valueOf(samples: readonly Sample[], figure: string): Figure {
  return samples.find(({ labels }) => labels.figure === figure)?.value ?? null;
}

function sparkOf({ sparks }: NodeSamples, figure: string): Figure[] {
  return [...(sparks.find(({ labels }) => labels.figure === figure)?.values ?? [])];
}

function diskGauge(filesystems: readonly FilesystemHealth[], spark: Figure[]): NodeState["disk"] {
  const [fullest] = filesystems;
  return {
    level: saturationLevel(fullest?.usedRatio ?? null),
    ratio: fullest?.usedRatio ?? null,
    spark,
    mountpoint: fullest?.mountpoint ?? null,
    fullInDays: fullest?.fullInDays ?? null,
  };
}

function networkGauge(samples: NodeSamples): NodeState["network"] {
  const ratio = valueOf(samples.gauges, "network");
  return {
    level: saturationLevel(ratio),
    ratio,
    bytesPerSecond: valueOf(samples.gauges, "networkBytes"),
    spark: sparkOf(samples, "networkBytes"),
  };
}

function roleOf(identities: readonly Sample[], filesystems: readonly FilesystemHealth[]): string | null {
  if (identities.some(({ labels }) => labels.figure === "gpu")) return "GPU";
  const stores = filesystems.some(
    ({ mountpoint, sizeBytes }) => mountpoint !== "/" && sizeBytes !== null && sizeBytes >= STORAGE_BYTES,
  );
  if (stores) return "storage";
  const roles = identities.flatMap(({ labels }) => (labels.figure === "role" && labels.role) || []);
  return roles.sort()[0] ?? null;
}

type Measured = Pick<NodeState, "up" | "cpu" | "memory" | "disk" | "diskIo" | "network" | "conditions">;

/**
 * A node is as bad as its worst gauge; down or not Ready is CRITICAL, any pressure condition WARNING.
 * CPU, memory and disk must be known before it is healthy; disk I/O and network may be missing.
 */
export function judgeNode(node: Measured): { status: Status; reasons: string[] } {
  const findings: { level: Level; reason: string }[] = [];
  if (node.up === false) findings.push({ level: "CRITICAL", reason: "does not answer" });
  for (const { type, bad, status } of node.conditions) {
    if (!bad) continue;
    const ready = type === "Ready";
    findings.push({
      level: ready ? "CRITICAL" : "WARNING",
      reason: ready ? `not Ready (${status})` : `condition ${type}`,
    });
  }
  if (node.up !== false) findings.push(...gaugeFindings(node));
  const bad = findings.filter(({ level }) => level !== "OK");
  return {
    status: statusOfLevel(worstLevel(["OK", ...bad.map(({ level }) => level)])),
    reasons: reasonsOf(bad),
  };
}

function reasonsOf(findings: readonly { level: Level; reason: string }[]): string[] {
  const byLevel = (level: Level) => findings.filter((one) => one.level === level).map(({ reason }) => reason);
  return [...byLevel("CRITICAL"), ...byLevel("WARNING"), ...byLevel("UNKNOWN")];
}

function gaugeFindings(node: Measured): { level: Level; reason: string }[] {
  const { mountpoint, fullInDays } = node.disk;
  const forecast =
    fullInDays !== null && !exceeds(fullInDays, 14) ? `, full in ${writeDays(fullInDays)}` : "";
  const required = [
    { name: "CPU", gauge: node.cpu, more: "" },
    { name: "memory", gauge: node.memory, more: "" },
    { name: mountpoint ? `disk ${mountpoint}` : "disk", gauge: node.disk, more: forecast },
  ];
  const optional = [
    { name: "disk I/O", gauge: node.diskIo, more: "" },
    { name: "network", gauge: node.network, more: "" },
  ].filter(({ gauge }) => gauge.level !== "UNKNOWN");
  return [...required, ...optional].map(({ name, gauge, more }) => ({
    level: gauge.level,
    reason: gauge.ratio === null ? `no ${name} data` : `${name} at ${writeRatio(gauge.ratio)}${more}`,
  }));
}
