import "server-only";
import { Document } from "yaml";
import { promqlDuration } from "#lib/domain/slo/rules/promql-duration.ts";
import type { Rule, RuleGroup, SloRules } from "#lib/domain/slo/rules/rule.ts";

const HEADER = `# Written by Burnline from its SLO definitions; changes made here are lost.
# One group per SLO records its tiles, windows and alerts, one its budget.
`;

/** A rule as Prometheus' rule files have it. */
function plainRule(rule: Rule): Record<string, unknown> {
  if (rule.kind === "record") return { record: rule.name, expr: rule.expr, labels: rule.labels };
  const { name, expr, forSeconds, labels, annotations } = rule;
  const held = forSeconds === 0 ? {} : { for: promqlDuration(forSeconds) };
  return { alert: name, expr, ...held, labels, annotations };
}

/** A group as Prometheus' rule files have it, without its comments. */
export function plainGroup({ name, intervalSeconds, rules }: RuleGroup): Record<string, unknown> {
  return { name, interval: promqlDuration(intervalSeconds), rules: rules.map(plainRule) };
}

/** Comments end with their line, whatever characters a name brings along. */
function comment(text: string): string {
  return ` ${text.replace(/\p{Cc}|[\u2028\u2029]/gu, " ")}`;
}

function groupText(group: RuleGroup): string {
  const document = new Document([plainGroup(group)], { aliasDuplicateObjects: false });
  if (group.comments.length > 0) document.commentBefore = group.comments.map(comment).join("\n");
  return document.toString({ lineWidth: 0 });
}

function sloText({ key, groups, problems }: SloRules): string {
  if (groups.length > 0) return groups.map(groupText).join("");
  return `#${comment(`${key}: ${problems.map(({ message }) => message).join(" ")}`)}\n`;
}

/** The text of a rule file in parts, one per SLO after the head: a thousand SLOs take seconds to write. */
export function* rulesYamlParts(all: readonly SloRules[]): Generator<string> {
  const none = all.every(({ groups }) => groups.length === 0);
  yield `${HEADER}groups:${none ? " []" : ""}\n`;
  for (const rules of all) yield sloText(rules);
}

/** The text of a rule file; an SLO without rules is named in a comment, with the reason. */
export function rulesYaml(all: readonly SloRules[]): string {
  return [...rulesYamlParts(all)].join("");
}
