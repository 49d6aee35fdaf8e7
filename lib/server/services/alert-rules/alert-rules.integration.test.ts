import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { AlertRuleDefinition } from "#lib/contracts/alert-rules.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { parseSettings } from "#lib/server/env.ts";
import { personWith, VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { type RealServer, startPrometheus, startTarget, until } from "#lib/server/testing/real-servers.ts";
import { alertRulesJob } from "./delivery-job.ts";
import { listRules } from "./list.ts";
import { createRule, deleteRule, getRule, putRule, writeRules } from "./own.ts";
import { previewRule } from "./preview.ts";

const SRE = personWith("sre");
const CONFINED = { ...SRE, confinement: [{ label: "service", operator: "=" as const, value: "checkout" }] };
const store = globalThis as unknown as Record<symbol, unknown>;
const definition: AlertRuleDefinition = {
  expr: "jobs > 2",
  forSeconds: 0,
  severity: "critical",
  labels: { team: "shop" },
  summary: "{{ $value }} jobs wait",
  description: "",
  runbook: "docs/runbooks/HighErrorRate.md",
};
const RULES = {
  groups: [
    {
      name: "elsewhere",
      rules: [
        { alert: "NodeGone", expr: "up == 0", labels: { severity: "page" } },
        { alert: "Twice", expr: "jobs > 2", labels: { severity: "ticket" } },
      ],
    },
    // Of the same name, and it never fires.
    {
      name: "twice",
      rules: [{ alert: "Twice", expr: "jobs > 200", labels: { severity: "page", of: "{{ $labels.job }}" } }],
    },
  ],
};

let folder: string;
let prometheus: RealServer;
let target: Awaited<ReturnType<typeof startTarget>>;
let disconnect: () => Promise<void>;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "burnline-rules-"));
  target = await startTarget("jobs 3\n");
  prometheus = await startPrometheus({
    target: target.address,
    rules: RULES,
    ruleFiles: [path.join(folder, "*.yml")],
    flags: ["--web.enable-lifecycle"],
  });
  // What fired is asked for once in five minutes.
  const firing = encodeURIComponent('ALERTS{alertname="Twice",alertstate="firing"}');
  await until(async () => {
    const response = await fetch(`${prometheus.url}/api/v1/query?query=${firing}`);
    return ((await response.json()) as { data: { result: unknown[] } }).data.result.length > 0;
  });
  disconnect = connectDatabase(await freshDatabase());
  const sources = [{ kind: "prometheus" as const, name: "real", url: prometheus.url }];
  store[Symbol.for("burnline.settings")] = { value: { ...parseSettings({}), sources } };
});
afterAll(async () => {
  target.close();
  await Promise.all([prometheus.remove(), disconnect()]);
  rmSync(folder, { recursive: true, force: true });
});

const rules = async () => (await listRules(SRE, {}, testCaller())).data.rules;
const ruleOf = async (name: string) => (await rules()).find((one) => one.name === name);
const { signal } = new AbortController();

describe("rules of a real Prometheus", () => {
  it("stand with their state and what is wrong with them", async () => {
    await until(async () => (await ruleOf("NodeGone"))?.health === "ok");
    const rule = await ruleOf("NodeGone");
    expect(rule).toMatchObject({ group: "elsewhere", state: "inactive", own: false, runbookUrl: null });
    expect(rule?.findings.map(({ lint }) => lint)).toEqual([
      "no_runbook",
      "cause_not_symptom",
      "never_fired",
    ]);
  });

  it("of one name do not answer for each other where labels tell them apart", async () => {
    const detectedAt = new Date(Date.now() - 3_600_000);
    for (const [nth, severity] of ["ticket", "ticket", "ticket", "page"].entries()) {
      const id = `INC-${nth}`;
      const fields = { title: id, severity: "P3", phase: "LEARN", origin: "alert", detectedAt };
      await db().incident.create({ data: { ...fields, id, resolvedAt: new Date() } });
      const labels = { alertname: "Twice", severity, instance: "a" };
      const times = { startsAt: detectedAt, lastSeenAt: detectedAt };
      const alert = { source: "am", fingerprint: id, ...times, labels, annotations: {}, incidentId: id };
      await db().alertOccurrence.create({ data: alert });
    }
    const lints = (await rules())
      .filter(({ name }) => name === "Twice")
      .map(({ labels, findings }) => [
        labels.severity,
        findings.map(({ lint }) => lint).filter((lint) => lint !== "no_runbook"),
      ]);
    expect(Object.fromEntries(lints)).toEqual({ ticket: ["nobody_acts"], page: ["never_fired"] });
  });

  it("are not for whoever is confined", async () => {
    await expect(listRules(CONFINED, {}, testCaller())).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("a rule written here", () => {
  it("is written, loaded, and fires", async () => {
    const { rule } = await createRule(SRE, { name: "ManyJobs", definition }, testCaller());
    expect(rule).toMatchObject({ version: 1, definition });
    await alertRulesJob(folder).run(signal);
    await until(async () => (await ruleOf("ManyJobs"))?.state === "firing");
    expect(await ruleOf("ManyJobs")).toMatchObject({
      own: true,
      labels: { team: "shop", severity: "critical" },
      runbookUrl: definition.runbook,
    });
  });

  it("keeps what it said; a stale change is refused with what stands", async () => {
    const changed = { ...definition, forSeconds: 120 };
    const { rule } = await putRule(SRE, { name: "ManyJobs", version: 1, definition: changed }, testCaller());
    expect(rule.versions.map(({ version }) => version)).toEqual([2, 1]);
    await expect(
      putRule(SRE, { name: "ManyJobs", version: 1, definition }, testCaller()),
    ).rejects.toMatchObject({ code: "conflict", current: { version: 2, definition: changed } });
    await expect(createRule(SRE, { name: "ManyJobs", definition }, testCaller())).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("that Prometheus refuses is taken back from its folder", async () => {
    const before = readFileSync(path.join(folder, "burnline-alerts.yml"), "utf8");
    const wrong = { ...definition, summary: "{{ this is no template" };
    await createRule(SRE, { name: "Wrong", definition: wrong }, testCaller());
    const job = alertRulesJob(folder);
    await expect(job.run(signal)).rejects.toThrow(/does not reload/);
    expect(readFileSync(path.join(folder, "burnline-alerts.yml"), "utf8")).toBe(before);
    await job.run(signal);
    await deleteRule(SRE, { name: "Wrong", version: 1 }, testCaller());
    await job.run(signal);
    const file = parse(readFileSync(path.join(folder, "burnline-alerts.yml"), "utf8")) as {
      groups: { rules: unknown[] }[];
    };
    expect(file.groups[0]?.rules).toMatchObject([{ alert: "ManyJobs", for: "2m" }]);
  });

  it("goes out as a PrometheusRule, too", async () => {
    const answer = await writeRules(SRE, { file: "prometheusrule.yml" }, testCaller());
    expect(parse(await answer.text())).toMatchObject({
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      spec: { groups: [{ rules: [{ alert: "ManyJobs", expr: "jobs > 2" }] }] },
    });
  });

  it.each([
    ["no PromQL", { expr: "jobs >" }, "definition.expr"],
    ["a query of the wrong type", { expr: "rate(jobs)" }, "definition.expr"],
    ["no runbook", { runbook: "" }, "definition.runbook"],
    ["a script for a runbook", { runbook: "javascript:alert(1)" }, "definition.runbook"],
    ["a label of the rule's own", { labels: { severity: "x" } }, "definition.labels"],
  ])("is refused with %s", async (_, change, at) => {
    const input = { name: "Bad", definition: { ...definition, ...change } };
    await expect(createRule(SRE, input, testCaller())).rejects.toMatchObject({
      code: "invalid",
      fields: [{ path: at }],
    });
    expect(await db().alertRuleVersion.count({ where: { name: "Bad" } })).toBe(0);
  });

  it("can be deleted, and written again after that", async () => {
    await deleteRule(SRE, { name: "ManyJobs", version: "2" }, testCaller());
    await expect(getRule(SRE, { name: "ManyJobs" })).rejects.toMatchObject({ code: "not_found" });
    const { rule } = await createRule(SRE, { name: "ManyJobs", definition }, testCaller());
    expect(rule.version).toBe(4);
    expect(await db().auditEntry.count({ where: { resourceId: "ManyJobs" } })).toBe(4);
  });

  it("is for whoever may", async () => {
    await expect(createRule(VIEWER, { name: "X", definition }, testCaller())).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

it("shows what a rule would have done, in the source's words where it cannot", async () => {
  const { data } = await previewRule(SRE, { expr: "vector(1) > 2" }, testCaller());
  expect(data).toMatchObject({ firings: 0, firingSeconds: 0, seriesCount: 0, stepSeconds: 300 });
  const always = await previewRule(SRE, { expr: "vector(1)", forSeconds: 600 }, testCaller());
  expect(always.data).toMatchObject({ firings: 1, seriesCount: 1 });
  const days = always.data.firingSeconds / 86_400;
  expect(days).toBeGreaterThan(29.9);
  expect(days).toBeLessThan(30.1);
  await expect(previewRule(SRE, { expr: "rate(jobs)" }, testCaller())).rejects.toMatchObject({
    code: "bad_query",
  });
});
