import { describe, expect, it } from "vitest";
import { EMPTY_RULE, ruleChanges, ruleFieldOf, toRule, toRuleForm, type RuleForm } from "./rule-form.ts";

const FORM: RuleForm = {
  ...EMPTY_RULE,
  name: "ManyJobs",
  expr: "jobs > 2",
  summary: "jobs wait",
  runbook: "docs/runbooks/ManyJobs.md",
  labels: 'team="shop"',
};

describe("toRule", () => {
  it("asks for what was filled in, and shows it again", async () => {
    const { wanted } = await toRule(FORM);
    expect(wanted).toMatchObject({
      name: "ManyJobs",
      definition: { forSeconds: 300, labels: { team: "shop" } },
    });
    expect(wanted && toRuleForm(wanted.name, wanted.definition)).toEqual(FORM);
  });

  it.each<[Partial<RuleForm>, string]>([
    [{ name: "many jobs" }, "name"],
    [{ expr: " " }, "expr"],
    [{ forMinutes: "soon" }, "forMinutes"],
    [{ forMinutes: "-1" }, "forMinutes"],
    [{ runbook: "" }, "runbook"],
    [{ runbook: "javascript:alert(1)" }, "runbook"],
    [{ labels: 'severity="page"' }, "labels"],
    [{ labels: 'team=~"a"' }, "labels"],
    [{ labels: "team" }, "labels"],
  ])("refuses %o at its field", async (change, field) =>
    expect(Object.keys((await toRule({ ...FORM, ...change })).errors ?? {})).toEqual([field]),
  );
});

it.each([
  ["definition.expr", "expr"],
  ["definition.forSeconds", "forMinutes"],
  ["name", "name"],
  ["version", null],
])("%s belongs to %s", (path, field) => expect(ruleFieldOf(path)).toBe(field));

it("tells two versions apart field by field", async () => {
  const { wanted } = await toRule(FORM);
  const changed = { ...wanted!.definition, expr: "jobs > 3", labels: {}, forSeconds: 90 };
  expect(ruleChanges(wanted!, wanted!)).toEqual([]);
  expect(ruleChanges(wanted!, { name: "ManyJobs", definition: changed })).toEqual([
    { label: "Query", was: "jobs > 2", is: "jobs > 3" },
    { label: "Fires after (minutes)", was: "5", is: "1.5" },
    { label: "Further labels", was: 'team="shop"', is: "" },
  ]);
});
