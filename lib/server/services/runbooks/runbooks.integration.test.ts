import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { ruleFiles } from "#demo/cluster/prometheus.ts";
import { Runbook } from "#lib/contracts/runbooks.ts";
import { BURN_ALERT, NO_DATA_ALERT } from "#lib/domain/slo/rules/alert-rules.ts";
import { WATCHDOG_MISSING } from "#lib/server/alerts/watchdog.ts";
import { connectDatabase, db, read } from "#lib/server/db/client.ts";
import { AppError } from "#lib/server/errors.ts";
import { personWith, VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { alertsWithRunbook, getRunbook, listRunbooks, listRunbookVersions } from "./read.ts";
import { createRunbook, putRunbook } from "./save.ts";

const SRE = personWith("sre");
const RuleFile = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string().optional() })) })),
});
const page = { title: "Queue grows", markdown: "## First look\n\nThe queue.", alerts: ["QueueLong"] };

let disconnect: () => Promise<void>;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
});
afterAll(() => disconnect());

async function refusalOf(work: Promise<unknown>): Promise<AppError> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}
const save = (name: string, version: number, more = {}) =>
  putRunbook(SRE, { name, version, ...page, ...more }, testCaller());

describe("templates", () => {
  it("help with every alert that the demo, the SLOs and Burnline itself can raise", async () => {
    const raised = ruleFiles()
      .flatMap((file) => RuleFile.parse(parse(readFileSync(file, "utf8"))).groups)
      .flatMap(({ rules }) => rules.flatMap(({ alert }) => alert ?? []));
    const helped = await read(alertsWithRunbook);
    for (const alert of [...raised, BURN_ALERT, NO_DATA_ALERT, WATCHDOG_MISSING])
      expect(helped).toContain(alert);
  });

  it("read as version 0, which nobody changed, and link to each other", async () => {
    const { runbook } = await getRunbook(VIEWER, { name: "PodNotReady" });
    expect(runbook).toMatchObject({ title: "PodNotReady", version: 0, template: true, changedBy: null });
    expect(runbook.markdown).toMatch(/^\*\*Means:\*\*/);
    expect(runbook.markdown).toContain("[ServiceHighMemory](/alerts/runbooks/ServiceHighMemory)");
    expect((await listRunbookVersions(VIEWER, { name: "PodNotReady" })).versions).toEqual([]);
  });

  it("become version 1 once somebody saves, and stay to be read as version 0", async () => {
    const { runbook } = await save("HighLatency", 0);
    expect(runbook).toMatchObject({ version: 1, template: false, changedBy: { id: SRE.id }, ...page });
    const { runbook: template } = await getRunbook(VIEWER, { name: "HighLatency", version: "0" });
    expect(template).toMatchObject({ version: 0, template: true, title: "HighLatency" });
  });

  it("hold their names", async () => {
    const refused = await refusalOf(createRunbook(SRE, { name: "NodeDown", ...page }, testCaller()));
    expect(refused.code).toBe("conflict");
    expect(Runbook.parse(refused.current)).toMatchObject({ name: "NodeDown", version: 0 });
  });
});

describe("a runbook of one's own", () => {
  it("keeps every version with who saved it, and is found by its text", async () => {
    await createRunbook(SRE, { name: "QueueGrows", ...page }, testCaller());
    await save("QueueGrows", 1, { markdown: "Overflowing" });
    const { versions } = await listRunbookVersions(VIEWER, { name: "QueueGrows" });
    expect(versions.map(({ version, by }) => [version, by.id])).toEqual([
      [2, SRE.id],
      [1, SRE.id],
    ]);
    expect((await getRunbook(VIEWER, { name: "QueueGrows" })).runbook.markdown).toBe("Overflowing");
    expect((await getRunbook(VIEWER, { name: "QueueGrows", version: 1 })).runbook).toMatchObject(page);
    const { runbooks } = await listRunbooks(VIEWER, { q: " OVERFLOW" });
    expect(runbooks).toMatchObject([{ name: "QueueGrows", version: 2, actions: 0, alerts: ["QueueLong"] }]);
    expect(runbooks[0]).not.toHaveProperty("markdown");
    expect(await read(alertsWithRunbook)).toContain("QueueLong");
  });

  it("answers a stale version with what the other wrote, and changes nothing", async () => {
    const refused = await refusalOf(save("QueueGrows", 1, { markdown: "Late" }));
    expect(refused.code).toBe("conflict");
    expect(Runbook.parse(refused.current)).toMatchObject({ version: 2, markdown: "Overflowing" });
    expect((await getRunbook(VIEWER, { name: "QueueGrows" })).runbook.version).toBe(2);
  });

  it("has one of many savers win", async () => {
    const saves = Array.from({ length: 8 }, (_, index) =>
      save("QueueGrows", 2, { markdown: `Try ${index}` }),
    );
    const done = await Promise.allSettled(saves);
    expect(done.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await listRunbookVersions(VIEWER, { name: "QueueGrows" })).versions).toHaveLength(3);
  });

  it("is told to the audit log, without its text", async () => {
    const entries = await db().auditEntry.findMany({ where: { resourceId: "QueueGrows" } });
    expect(entries.map(({ action }) => action)).toEqual([
      "runbook.created",
      "runbook.changed",
      "runbook.changed",
    ]);
    expect(JSON.stringify(entries[1]?.after)).not.toContain("Overflowing");
  });

  it.each([
    [{ name: "no spaces", ...page }, "name"],
    [{ name: "X", ...page, title: "" }, "title"],
    [{ name: "X", ...page, markdown: " " }, "markdown"],
    [{ name: "X", ...page, markdown: "x".repeat(100_001) }, "markdown"],
    [{ name: "X", ...page, alerts: [""] }, "alerts.0"],
    [{ name: "X", ...page, actions: [{}] }, "actions.0.name"],
  ])("is refused at its field: %#", async (input, field) => {
    const refused = await refusalOf(createRunbook(SRE, input, testCaller()));
    expect([refused.code, refused.fields?.[0]?.path]).toEqual(["invalid", field]);
  });

  it("does not exist unless somebody wrote it, in the versions there are", async () => {
    for (const work of [
      () => getRunbook(VIEWER, { name: "Nothing" }),
      () => getRunbook(VIEWER, { name: "QueueGrows", version: 9 }),
      () => getRunbook(VIEWER, { name: "QueueGrows", version: 0 }),
      () => listRunbookVersions(VIEWER, { name: "Nothing" }),
      () => save("Nothing", 0),
    ])
      expect((await refusalOf(work())).code).toBe("not_found");
  });

  it("is not for viewers to write", async () => {
    const input = { name: "Mine", ...page };
    expect((await refusalOf(createRunbook(VIEWER, input, testCaller()))).code).toBe("forbidden");
    expect((await refusalOf(putRunbook(VIEWER, { ...input, version: 1 }, testCaller()))).code).toBe(
      "forbidden",
    );
  });
});
