import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { SloDefinition } from "#lib/domain/slo/definition/definition.ts";
import { sloKey } from "#lib/domain/slo/definition/definition.ts";
import { soundDefinition } from "#lib/domain/slo/testing.ts";
import { connectDatabase, db, transaction } from "#lib/server/db/client.ts";
import { addVersion, findSlo, insertSlo } from "#lib/server/db/slo.repo.ts";
import { parseSettings } from "#lib/server/env.ts";
import { writeGenerated } from "#lib/server/services/slos/generated.ts";
import { readSloRules } from "#lib/server/services/slos/rules.ts";
import { personWith } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { type RealServer, startPrometheus, startTarget } from "#lib/server/testing/real-servers.ts";
import { RULE_FILE } from "./rule-file.ts";
import { rulesJob } from "./rules-job.ts";
import { forgetRulesState, rulesState } from "./rules-state.ts";

const folder = mkdtempSync(path.join(tmpdir(), "burnline-rules-job-"));
const file = path.join(folder, RULE_FILE);
const signal = new AbortController().signal;

let target: Awaited<ReturnType<typeof startTarget>>;
let prometheus: RealServer;
let disconnect: () => Promise<void>;

function putSettings(rulesDir: string | null, url: string): void {
  const store = globalThis as unknown as Record<symbol, unknown>;
  const sources = [{ kind: "prometheus", name: "default", url }];
  store[Symbol.for("burnline.settings")] = { value: { ...parseSettings({}), rulesDir, sources } };
}

beforeAll(async () => {
  target = await startTarget("anything 1\n");
  [prometheus, disconnect] = await Promise.all([
    startPrometheus({ target: target.address, ruleFiles: [file], flags: ["--web.enable-lifecycle"] }),
    freshDatabase().then(connectDatabase),
  ]);
  putSettings(folder, prometheus.url);
});
afterAll(async () => {
  await Promise.all([prometheus.remove(), disconnect()]);
  target.close();
  rmSync(folder, { recursive: true });
});
// Versions never change, so that their definitions are kept by id: each test has ids of its own.
let test = 0;
afterEach(async () => {
  test += 1;
  await db().$executeRaw`truncate slos cascade`;
});

const idOf = (name: string) => `${name}${test}`;

async function put(name: string, definition: SloDefinition): Promise<void> {
  const key = sloKey(definition);
  const id = idOf(name);
  await transaction(async (tx) => {
    await insertSlo(tx, { id, key, source: "ui" });
    const slo = await findSlo(tx, id);
    await addVersion(tx, slo!, { definition, key, measureId: null, actorId: "t", reason: null });
  });
}

async function stateNow() {
  forgetRulesState();
  return rulesState();
}
const states = async () => Object.fromEntries((await stateNow()).slos.map(({ key, state }) => [key, state]));
const work = (job: ReturnType<typeof rulesJob>) => job.run(signal);

describe("the job", () => {
  it("writes what is in force and has Prometheus load it; the state says so, through every change", async () => {
    const job = rulesJob(folder);
    await put("a", soundDefinition());
    await put(
      "b",
      soundDefinition({ name: "hostile", service: 'x"} or {{ $value }} # é', groupBy: ["route"] }),
    );
    expect(await states()).toEqual({
      "checkout/availability": "missing",
      'x"} or {{ $value }} # é/hostile': "missing",
    });
    await work(job);
    expect((await stateNow()).counts).toMatchObject({ loaded: 2, missing: 0, different: 0, extra: 0 });

    await put("a", soundDefinition({ minimumBadEvents: 7 }));
    const different = (await stateNow()).slos.find(({ id }) => id === idOf("a"));
    expect(different?.state).toBe("different");
    expect(different?.reasons).toContain("SloBudgetBurn (page_fast, 99.9% 30d): another expression");
    await work(job);
    expect((await stateNow()).counts).toMatchObject({ loaded: 2, different: 0 });

    await db().slo.update({ where: { id: idOf("b") }, data: { deletedAt: new Date() } });
    expect((await stateNow()).counts).toMatchObject({ loaded: 1, extra: 1 });
    await work(job);
    expect(await states()).toEqual({ "checkout/availability": "loaded" });
  });

  it("leaves a file alone that is as it should be", async () => {
    await put("a", soundDefinition());
    await work(rulesJob(folder));
    const before = statSync(file).mtimeMs;
    await work(rulesJob(folder));
    expect(statSync(file).mtimeMs).toBe(before);
  });

  it("has a file that somebody changed loaded as it should be", async () => {
    await put("a", soundDefinition());
    await work(rulesJob(folder));
    writeFileSync(file, readFileSync(file, "utf8").replaceAll("0.0144", "0.0145"));
    await fetch(`${prometheus.url}/-/reload`, { method: "POST" });
    expect((await stateNow()).counts).toMatchObject({ loaded: 0, different: 1 });
    await work(rulesJob(folder));
    expect((await stateNow()).counts).toMatchObject({ loaded: 1, different: 0 });
  });

  it("puts the old rules back when the source refuses the new ones: it would not start with them", async () => {
    const job = rulesJob(folder);
    await put("a", soundDefinition());
    await work(job);
    const good = readFileSync(file, "utf8");
    const { sli } = soundDefinition();
    if (sli.kind !== "availability") throw new Error("another template");
    // Definitions of files from before a check was stricter may still stand in the database.
    const twice = [...sli.requests.matchers, { label: "__name__", operator: "=" as const, value: "x" }];
    await put(
      "b",
      soundDefinition({ name: "bad", sli: { ...sli, requests: { ...sli.requests, matchers: twice } } }),
    );
    await expect(work(job)).rejects.toThrow("does not reload its rules");
    expect(readFileSync(file, "utf8")).toBe(good);
    expect((await fetch(`${prometheus.url}/-/reload`, { method: "POST" })).status).toBe(200);
    expect((await stateNow()).counts).toMatchObject({ loaded: 1, missing: 1 });
  });

  it("tells why the source does not take the rules", async () => {
    const locked = await startPrometheus({ target: target.address });
    try {
      putSettings(folder, locked.url);
      await put("a", soundDefinition({ name: "other" }));
      await expect(work(rulesJob(folder))).rejects.toThrow("Lifecycle API is not enabled");
      const state = await stateNow();
      expect(state.delivery?.error).toContain("Lifecycle API is not enabled");
      expect(state.counts).toMatchObject({ missing: 1 });
    } finally {
      putSettings(folder, prometheus.url);
      await locked.remove();
    }
  });
});

describe("the state", () => {
  it("is unknown, and not loaded, where the source does not answer", async () => {
    await put("a", soundDefinition());
    putSettings(null, "http://127.0.0.1:1");
    try {
      const state = await stateNow();
      expect(state).toMatchObject({ delivery: null, counts: { unknown: 1, loaded: 0 } });
      expect(state.error).toContain("ECONNREFUSED");
    } finally {
      putSettings(folder, prometheus.url);
    }
  });

  it("names what an SLO lacks for its alerts", async () => {
    await put("a", soundDefinition({ runbookUrl: null }));
    const [entry] = (await stateNow()).slos;
    expect(entry?.problems).toEqual([
      { path: "runbookUrl", message: expect.stringContaining("runbook") as string },
    ]);
  });

  it("shows the confined nothing of services that they may not see", async () => {
    await put("a", soundDefinition());
    forgetRulesState();
    const confined = {
      ...personWith("viewer"),
      confinement: [{ label: "service", operator: "=" as const, value: "x" }],
    };
    expect((await readSloRules(personWith("viewer"))).slos).toHaveLength(1);
    expect(await readSloRules(confined)).toMatchObject({
      slos: [],
      counts: { missing: 0, loaded: 0, different: 0 },
    });
  });
});

describe("the files", () => {
  const confined = {
    ...personWith("viewer"),
    confinement: [{ label: "service", operator: "=" as const, value: "x" }],
  };
  const fileOf = (input: object, actor = personWith("viewer")) => writeGenerated(actor, input, testCaller());
  const textOf = async (...args: Parameters<typeof fileOf>) => (await fileOf(...args)).text();

  it("are what the job writes, and the dashboards of the SLOs", async () => {
    await put("a", soundDefinition());
    await work(rulesJob(folder));
    expect(await textOf({ file: "rules.yml" })).toBe(readFileSync(file, "utf8"));
    expect(await textOf({ file: "alertmanager.yml" })).toContain("inhibit_rules:");
    expect(JSON.parse(await textOf({ file: "dashboard.json" }))).toMatchObject({ uid: "burnline-slos" });
    const one = JSON.parse(await textOf({ file: "dashboard.json", id: idOf("a") })) as unknown;
    expect(one).toMatchObject({ title: "SLO checkout/availability" });
  });

  it("hold nothing of what is out of sight, nor of what is not there", async () => {
    await put("a", soundDefinition());
    expect(await textOf({ file: "rules.yml" }, confined)).toContain("groups: []");
    await expect(fileOf({ file: "dashboard.json", id: idOf("a") }, confined)).rejects.toThrow(
      "there is no SLO",
    );
    await expect(fileOf({ file: "rules.yml", id: "nobody" })).rejects.toThrow("there is no SLO");
    await expect(fileOf({ file: "passwd" })).rejects.toThrow();
  });
});
