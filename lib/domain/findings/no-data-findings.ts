import type { NodeState } from "#lib/domain/nodes/node-health.ts";
import type { ServiceState } from "#lib/domain/signals/assess-service.ts";
import { countOf, listOf } from "#lib/domain/words/language.ts";
import { type RankedFinding, URGENCY } from "./finding.ts";

const MOST_NAMES = 5;

/** Measured, but with too few requests to judge. */
export function isQuiet({ status, signals, batch }: ServiceState): boolean {
  const { traffic, errors } = signals;
  const isMeasured = batch === null && traffic.requestsPerSecond !== null;
  return status === "no_data" && isMeasured && errors.level === "UNKNOWN";
}

/** A figure that a verdict needs is missing, as opposed to too few requests. */
export function lacksData(service: ServiceState): boolean {
  return service.status === "no_data" && !isQuiet(service);
}

/** One finding for all services without data, one for all such nodes: a list of gaps would bury the trouble. */
export function noDataFindings(
  services: readonly ServiceState[],
  nodes: readonly NodeState[],
): RankedFinding[] {
  const silent = services.filter(lacksData).map(({ name }) => name);
  const dark = nodes.filter(({ status }) => status === "no_data").map(({ name }) => name);
  return [
    ...gapFinding("service", silent, "Check that they are scraped, and their metric names in the catalogue."),
    ...gapFinding("node", dark, "Check that node_exporter runs on them and is scraped."),
  ];
}

function gapFinding(kind: "service" | "node", names: readonly string[], nextStep: string): RankedFinding[] {
  const [first] = names;
  if (first === undefined) return [];
  const more = names.length - MOST_NAMES;
  const shown = listOf(more > 0 ? [...names.slice(0, MOST_NAMES), `${more} more`] : names);
  const verb = names.length === 1 ? "lacks" : "lack";
  return [
    {
      id: `${kind}/${first}/no-data`,
      status: "no_data",
      subject: { kind, name: first },
      title: `${countOf(names.length, kind)} ${verb} data`,
      reason: `${shown} ${verb} the figures to be judged by.`,
      nextStep,
      urgency: URGENCY.noData,
      clause: { text: `${countOf(names.length, kind)} ${verb} data`, tail: "" },
    },
  ];
}
