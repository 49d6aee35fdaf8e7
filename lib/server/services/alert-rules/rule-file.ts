import "server-only";
import { Document } from "yaml";
import type { AlertRuleDefinition } from "#lib/contracts/alert-rules.ts";
import { promqlDuration } from "#lib/domain/slo/rules/promql-duration.ts";

/** The group of the rules that are written here, and the file that they stand in. */
export const ALERT_GROUP = "burnline-alerts";
export const ALERT_FILE = "burnline-alerts.yml";
const HEADER = " Written by Burnline from the alert rules of its rule editor; changes made here are lost.";

interface NamedRule {
  name: string;
  definition: AlertRuleDefinition;
}

function plainRule({ name, definition }: NamedRule): Record<string, unknown> {
  const { expr, forSeconds, severity, labels, summary, description, runbook } = definition;
  return {
    alert: name,
    expr,
    ...(forSeconds === 0 ? {} : { for: promqlDuration(forSeconds) }),
    labels: { ...labels, severity },
    annotations: {
      summary,
      ...(description === "" ? {} : { description }),
      runbook_url: runbook,
    },
  };
}

function groups(rules: readonly NamedRule[]) {
  return rules.length === 0 ? [] : [{ name: ALERT_GROUP, rules: rules.map(plainRule) }];
}

function text(content: unknown): string {
  const document = new Document(content, { aliasDuplicateObjects: false });
  document.commentBefore = HEADER;
  return document.toString({ lineWidth: 0 });
}

/** The rules as a rule file of Prometheus. */
export function ruleFileText(rules: readonly NamedRule[]): string {
  return text({ groups: groups(rules) });
}

/** The rules as an object of the Prometheus operator. */
export function prometheusRuleText(rules: readonly NamedRule[]): string {
  return text({
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name: ALERT_GROUP, labels: { "app.kubernetes.io/managed-by": "burnline" } },
    spec: { groups: groups(rules) },
  });
}
