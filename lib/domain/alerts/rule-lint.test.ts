import { describe, expect, it } from "vitest";
import { lintRule, type LintedRule } from "./rule-lint.ts";

const GOOD: LintedRule = {
  name: "HighErrorRate",
  labels: { severity: "critical" },
  annotations: { runbook_url: "docs/runbooks/HighErrorRate.md" },
  hasRunbook: false,
  metrics: ["http_requests_total"],
  fired: true,
  incidents: { over: 3, acknowledged: 1 },
};

describe("lintRule", () => {
  it.each<[string, Partial<LintedRule>, string[]]>([
    ["a good rule", {}, []],
    ["no runbook", { annotations: {} }, ["no_runbook"]],
    ["a runbook of ours alone", { annotations: {}, hasRunbook: true }, []],
    ["an empty runbook", { annotations: { runbook_url: " " } }, ["no_runbook"]],
    ["a page on a cause", { metrics: ["node_load1", "kube_pod_info"] }, ["cause_not_symptom"]],
    ["a page on up", { metrics: ["up"] }, ["cause_not_symptom"]],
    ["a ticket on a cause", { metrics: ["node_load1"], labels: { severity: "warning" } }, []],
    ["a page on a cause and a symptom", { metrics: ["node_load1", "http_requests_total"] }, []],
    ["metrics that only begin alike", { metrics: ["uptime_probe_success"] }, []],
    ["no metric at all", { metrics: [] }, []],
    ["never fired", { fired: false }, ["never_fired"]],
    ["not known whether it fired", { fired: null }, []],
    ["nobody acts", { incidents: { over: 3, acknowledged: 0 } }, ["nobody_acts"]],
    ["too few to tell", { incidents: { over: 2, acknowledged: 0 } }, []],
    ["the watchdog", { name: "Watchdog", annotations: {}, fired: false }, []],
  ])("%s", (_, change, expected) => {
    expect(lintRule({ ...GOOD, ...change }).map(({ lint }) => lint)).toEqual(expected);
  });
});
