import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { CHECKOUT } from "#demo/cluster/home.ts";
import { ruleFiles } from "#demo/cluster/prometheus.ts";
import { BURN_ALERT, NO_DATA_ALERT } from "#lib/domain/slo/rules/alert-rules.ts";

const Rule = z.object({
  alert: z.string().optional(),
  labels: z.record(z.string(), z.string()).default({}),
  annotations: z.record(z.string(), z.string()).default({}),
});
const RuleFile = z.object({ groups: z.array(z.object({ rules: z.array(Rule) })) });

const alerts = ruleFiles()
  .flatMap((file) => RuleFile.parse(parse(readFileSync(file, "utf8"))).groups)
  .flatMap(({ rules }) => rules)
  .flatMap(({ alert, ...rule }) => (alert === undefined ? [] : [{ alert, ...rule }]));

it("covers what the demo can break", () => {
  expect([...new Set(alerts.map(({ alert }) => alert))].sort()).toEqual([
    "BatchTooOld",
    "HighErrorRate",
    "HighLatency",
    "HostDiskFilling",
    "HostDiskFull",
    "HostHighMemory",
    "NodeDown",
    "PodNotReady",
    "ServiceHighMemory",
    "Watchdog",
  ]);
});

describe.each(alerts)("$alert ($labels.severity)", ({ alert, labels, annotations }) => {
  it("says what is wrong, how bad it is and where its runbook is", () => {
    expect(annotations.summary).toMatch(/\S/);
    expect(annotations.description).toMatch(/\S/);
    expect(labels.severity).toMatch(alert === "Watchdog" ? /^none$/ : /^(warning|critical)$/);
    expect(annotations.runbook).toBe(`docs/runbooks/${alert}.md`);
  });

  it("has a runbook with all four parts", () => {
    const text = readFileSync(path.join(CHECKOUT, annotations.runbook ?? ""), "utf8");
    expect(text).toContain(`# ${alert}\n`);
    for (const part of ["**Means:**", "## First look", "## What to do", "## Over when"])
      expect(text).toContain(part);
  });
});

it("has no runbook without an alert, and none that links to a missing one", () => {
  const folder = path.join(CHECKOUT, "docs", "runbooks");
  const names = readdirSync(folder);
  const generated = [BURN_ALERT, NO_DATA_ALERT];
  const wanted = new Set([...alerts.map(({ alert }) => alert), ...generated]);
  expect(names.sort()).toEqual([...wanted].map((name) => `${name}.md`).sort());
  for (const name of names) {
    for (const [, link] of readFileSync(path.join(folder, name), "utf8").matchAll(/\]\(([^)]+)\)/g)) {
      expect(existsSync(path.join(folder, link ?? "")), `${name} links to ${link}`).toBe(true);
    }
  }
});
