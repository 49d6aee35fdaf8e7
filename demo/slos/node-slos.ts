import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { cpuBusy, FIGURE_LABEL, filesystemUsed, memoryUsed } from "#lib/domain/nodes/node-series.ts";
import { eq, selector } from "#lib/domain/promql/selector.ts";
import { labelledUnion } from "#lib/domain/signals/labelled-union.ts";
import { SATURATION_LIMITS } from "#lib/domain/signals/limits.ts";
import { NODES, type NodeName } from "#demo/sim/nodes.ts";
import { BY_MINUTE, over, type RunbookUrl, slo } from "./base.ts";

const CPU_WINDOW_SECONDS = 300;
const OWNER = "platform";
/** A backup's tank is meant to be full; with less than this free, its next run may not fit. */
const LEAST_FREE_RATIO = 0.05;

function nodeSlos(node: NodeName, runbookUrl: RunbookUrl): SloDefinition[] {
  const scope = { node: eq(node) };
  const ofNode = { node, owner: OWNER, budgeting: BY_MINUTE };
  const saturation = labelledUnion(FIGURE_LABEL, {
    cpu: cpuBusy(scope, CPU_WINDOW_SECONDS),
    memory: memoryUsed(scope),
  });
  return [
    slo({
      ...ofNode,
      name: "reachable",
      description: "Minutes in which the node answered its scrape.",
      sli: {
        kind: "probe",
        expression: `min(${selector("up", { ...scope, job: eq("node-exporter") })})`,
        good: { operator: ">=", value: 1 },
      },
      objectives: over(0.999, 30),
      runbookUrl: runbookUrl("NodeDown"),
    }),
    slo({
      ...ofNode,
      name: "saturation",
      description: "Minutes with CPU and memory at most 90 % used.",
      sli: {
        kind: "probe",
        expression: `max(${saturation})`,
        good: { operator: "<=", value: SATURATION_LIMITS.critical },
      },
      objectives: over(0.99, 30),
      runbookUrl: runbookUrl("HostHighMemory"),
    }),
    slo({
      ...ofNode,
      name: "disk-headroom",
      description: "Minutes with at least 5 % free on every filesystem.",
      sli: {
        kind: "probe",
        expression: `max(${filesystemUsed(scope)})`,
        good: { operator: "<=", value: 1 - LEAST_FREE_RATIO },
      },
      objectives: over(0.99, 30),
      runbookUrl: runbookUrl("HostDiskFull"),
    }),
  ];
}

/** The SLOs of the demo's nodes: reached, not saturated, with room on their disks. */
export function allNodeSlos(runbookUrl: RunbookUrl): SloDefinition[] {
  return NODES.flatMap(({ name }) => nodeSlos(name, runbookUrl));
}
