import { eq, labelList, selector } from "#lib/domain/promql/selector.ts";
import { percentOfRatio, writeDecimal } from "../decimal.ts";
import { type Objective, sloKey, type SloDefinition } from "../definition/definition.ts";
import { writeWindow } from "../definition/windows.ts";
import type { RuleProblem } from "./rule.ts";

/** The label that every generated series and alert carries: the SLO's key. */
export const KEY_LABEL = "burnline_slo";
export const OBJECTIVE_LABEL = "burnline_objective";
export const TIER_LABEL = "burnline_tier";
export const ACTION_LABEL = "burnline_action";

/** Labels that our alerts set themselves; a group by one of them would be overwritten. */
const RESERVED = new Set([
  KEY_LABEL,
  OBJECTIVE_LABEL,
  TIER_LABEL,
  ACTION_LABEL,
  "slo",
  "owner",
  "severity",
  "alertname",
  "alertstate",
  "le",
  "__name__",
]);

/** Group labels that the rules cannot carry. */
export function checkGroupLabels({ groupBy }: SloDefinition): RuleProblem[] {
  return groupBy.flatMap((label, at) =>
    RESERVED.has(label)
      ? [{ path: ["groupBy", at], message: `The rules set the label "${label}" themselves.` }]
      : [],
  );
}

/** The SLO's key as a label value; YAML and Prometheus take well-formed text only. */
export function keyOf(definition: SloDefinition): string {
  return sloKey(definition).toWellFormed();
}

/** The labels of everything recorded for an SLO; what it is grouped by comes from the series. */
export function recordLabels(definition: SloDefinition): Record<string, string> {
  const { name, service, node, groupBy } = definition;
  const all = { [KEY_LABEL]: keyOf(definition), slo: name, service, node };
  const given = Object.entries(all).filter(
    (entry): entry is [string, string] => entry[1] !== null && !groupBy.includes(entry[0]),
  );
  return Object.fromEntries(given.map(([label, value]) => [label, value.toWellFormed()]));
}

/** A selector of what was recorded under a name for an SLO. */
export function recorded(record: string, definition: SloDefinition): string {
  return selector(record, { [KEY_LABEL]: eq(keyOf(definition)) });
}

/** `on (…)` the group's labels: one series per group on either side. */
export function onGroup({ groupBy }: SloDefinition): string {
  return `on ${labelList(...groupBy)}`;
}

/** An aggregation down to the groups: `sum(…)` or `sum by (route) (…)`. */
export function perGroup(operator: "sum" | "min" | "max", { groupBy }: SloDefinition, expr: string): string {
  return groupBy.length === 0 ? `${operator}(${expr})` : `${operator} by ${labelList(...groupBy)} (${expr})`;
}

/** How an objective is called in labels: "99.9% 30d". */
export function objectiveName({ target, window }: Objective): string {
  return `${writeDecimal(percentOfRatio(target))}% ${writeWindow(window)}`;
}

/** Text as a literal in a Prometheus template, which alert labels and annotations are: braces open no action. */
export function templateLiteral(text: string): string {
  return text.toWellFormed().replaceAll("{{", '{{"{{"}}');
}
