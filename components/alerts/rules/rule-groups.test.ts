import { expect, test } from "vitest";
import type { AlertRule } from "#lib/contracts/alert-rules.ts";
import { ruleGroups } from "./rule-groups.ts";

const rule = (group: string, more: Partial<AlertRule> = {}): AlertRule => ({
  source: "default",
  group,
  name: "HighErrorRate",
  expr: "up == 0",
  forSeconds: 0,
  labels: {},
  annotations: {},
  state: "inactive",
  health: "ok",
  lastError: null,
  lastEvaluation: null,
  alerts: 0,
  runbookUrl: null,
  own: false,
  findings: [],
  ...more,
});
const found = (lint: AlertRule["findings"][number]["lint"]) => ({ findings: [{ lint, why: "" }] });

test.each<[string, Partial<AlertRule>, boolean]>([
  ["what fires", { state: "firing" }, true],
  ["what is pending", { state: "pending" }, true],
  ["what cannot be evaluated", { health: "err" }, true],
  ["a rule without a runbook", found("no_runbook"), true],
  ["a rule that never fired", found("never_fired"), false],
  ["a rule that is well", {}, false],
])("%s opens its group or not", (_, more, calls) => {
  expect(ruleGroups([rule("nodes"), rule("nodes", more)])[0]).toMatchObject({ calls });
});

test("groups stand in the order of their first rules, each with all of its own, counted", () => {
  const rules = [
    rule("b", { state: "firing", ...found("never_fired") }),
    rule("a"),
    rule("b", { health: "err" }),
    rule("a", { source: "other" }),
  ];
  expect(ruleGroups(rules)).toMatchObject([
    { name: "b", rules: [rules[0], rules[2]], firing: 1, pending: 0, broken: 1, findings: 1 },
    { name: "a", source: "default", rules: [rules[1]], firing: 0 },
    { name: "a", source: "other", rules: [rules[3]] },
  ]);
});
