import { cpuBusy, FIGURE_LABEL, filesystemUsed, memoryUsed, oneNode } from "#lib/domain/nodes/node-series.ts";
import { eq, oneOf, selector } from "#lib/domain/promql/selector.ts";
import { labelledUnion } from "#lib/domain/signals/labelled-union.ts";
import { SATURATION_LIMITS } from "#lib/domain/signals/limits.ts";
import { DEFAULT_ALERT_TIERS } from "../alerts/tiers.ts";
import type { SloDefinition } from "../definition/definition.ts";
import type { ProbeSli } from "../definition/sli.ts";
import { FEWEST_BAD_EVENTS } from "../status/axes.ts";
import type { Candidate } from "./service-candidates.ts";

/** A node with the addresses of its exporter. */
export interface ProposedNode {
  name: string;
  instances: readonly string[];
  /** The scrape jobs of the exporter; other exporters of the node may be down while it is not. */
  jobs: readonly string[];
}

const CPU_WINDOW_SECONDS = 300;
/** With less free than this a filesystem is no headroom: writes fragment, and one large file ends it. */
const LEAST_FREE_RATIO = 0.05;

interface ProbeSpec extends Pick<SloDefinition, "name" | "description"> {
  sli: ProbeSli;
  target: number;
  sliceMinutes: 1 | 5;
  reason: string;
}

function definitionOf(
  node: string,
  { name, description, sli, target, sliceMinutes }: ProbeSpec,
): SloDefinition {
  return {
    name,
    description,
    service: null,
    node,
    owner: null,
    tier: null,
    sli,
    budgeting: { method: "timeslices", sliceMinutes, sliceGood: null },
    objectives: [{ target, window: { kind: "rolling", days: 30 } }],
    groupBy: [],
    exclusions: { events: [], windows: [] },
    alertTiers: [...DEFAULT_ALERT_TIERS],
    minimumBadEvents: FEWEST_BAD_EVENTS,
    onMissing: "gap",
    runbookUrl: null,
    phases: [],
  };
}

/** The SLOs of a node whose exporter is scraped: reached, not saturated, with room on its disks. */
export function nodeCandidates({ name, instances, jobs }: ProposedNode): Candidate[] {
  const scope = oneNode(name, instances);
  const up = selector("up", {
    ...scope,
    ...(jobs.length === 0 ? {} : { job: jobs.length === 1 ? eq(jobs[0]!) : oneOf(jobs) }),
  });
  const used = labelledUnion(FIGURE_LABEL, {
    cpu: cpuBusy(scope, CPU_WINDOW_SECONDS),
    memory: memoryUsed(scope),
  });
  const inside = `${SATURATION_LIMITS.critical * 100} %`;
  const specs: ProbeSpec[] = [
    {
      name: "reachable",
      description: "Minutes in which the node answered its scrape.",
      sli: { kind: "probe", expression: `min(${up})`, good: { operator: ">=", value: 1 } },
      target: 0.999,
      sliceMinutes: 1,
      reason: "Whether its exporter answers says whether the node can be reached.",
    },
    {
      name: "saturation",
      description: `Time with CPU and memory at most ${inside} used.`,
      sli: {
        kind: "probe",
        expression: `max(${used})`,
        good: { operator: "<=", value: SATURATION_LIMITS.critical },
      },
      target: 0.99,
      sliceMinutes: 5,
      reason: `Above ${inside} of CPU or memory whatever runs there waits.`,
    },
    {
      name: "disk-headroom",
      description: "Time with at least 5 % free on every filesystem.",
      sli: {
        kind: "probe",
        expression: `max(${filesystemUsed(scope)})`,
        good: { operator: "<=", value: 1 - LEAST_FREE_RATIO },
      },
      target: 0.99,
      sliceMinutes: 5,
      reason: "A full filesystem stops whatever writes to it.",
    },
  ];
  return specs.map((spec) => ({
    definition: definitionOf(name, spec),
    wanted: { target: spec.target, by: "a node" },
    reasons: [spec.reason],
    dependsOnOthers: false,
  }));
}
