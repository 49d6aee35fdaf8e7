import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { soundDefinition } from "#lib/domain/slo/testing.ts";
import { sloKey, type SloDefinition } from "#lib/domain/slo/definition/definition.ts";
import { connectDatabase, db, read } from "#lib/server/db/client.ts";
import { findSlos } from "#lib/server/db/slo.repo.ts";
import { writeBurnline } from "#lib/server/slo-code/formats/burnline/write.ts";
import { ADMIN, personWith, VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { exportSlo } from "./export.ts";
import { importSlos } from "./import.ts";

const SRE = personWith("sre");
const CHECKOUT = soundDefinition();
const LATER = soundDefinition({ objectives: [{ target: 0.9995, window: { kind: "rolling", days: 30 } }] });
const JOURNEY = soundDefinition({
  name: "buy",
  service: null,
  sli: {
    kind: "composite",
    combine: "serial",
    steps: [{ name: "pay", slo: sloKey(CHECKOUT), onCriticalPath: true }],
    businessImpact: "high",
  },
});

const textOf = (...definitions: SloDefinition[]) =>
  definitions.map((definition) => writeBurnline(definition).text).join("---\n");
const run = (input: object, actor = ADMIN) => importSlos(actor, input, testCaller());
const slos = () => read(findSlos);
const audited = async () =>
  (await db().auditEntry.findMany({ orderBy: { seq: "asc" } })).map(({ action }) => action);

let disconnect: () => Promise<void>;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
});
afterAll(() => disconnect());
beforeEach(async () => {
  await db().$executeRawUnsafe("truncate slos, slo_versions, measures cascade");
});

describe("importSlos", () => {
  it("tells what it would do and does nothing when run dry", async () => {
    const before = await audited();
    const answer = await run({ text: textOf(JOURNEY, CHECKOUT), dryRun: "true" });
    expect(answer).toEqual({
      dryRun: true,
      changes: [
        { key: "checkout/availability", change: "create", differences: [], warnings: [] },
        { key: "journey:buy", change: "create", differences: [], warnings: [] },
      ],
      problems: [],
    });
    expect(await slos()).toEqual([]);
    expect(await audited()).toEqual(before);
  });

  it("makes a journey after the steps that come with it, and is the same when run again", async () => {
    const text = textOf(JOURNEY, CHECKOUT);
    await run({ text });
    const made = await slos();
    expect(made.map(({ key, version, source }) => [key, version, source])).toEqual([
      ["checkout/availability", 1, "ui"],
      ["journey:buy", 1, "ui"],
    ]);
    const before = await audited();
    const again = await run({ text });
    expect(again.changes.map(({ change }) => change)).toEqual(["same", "same"]);
    expect(await slos()).toEqual(made);
    expect(await audited()).toEqual(before);
  });

  it("changes what differs, in a new version, and names the difference", async () => {
    await run({ text: textOf(CHECKOUT) });
    const { changes } = await run({ text: textOf(LATER) });
    expect(changes).toMatchObject([
      { change: "update", differences: [{ path: "objectives.0.target", before: "0.999", after: "0.9995" }] },
    ]);
    expect(await slos()).toMatchObject([{ version: 2, definition: LATER }]);
    expect((await audited()).slice(-2)).toEqual(["slo.created", "slo.changed"]);
  });

  it("does nothing at all while one of the definitions has a problem, and says where", async () => {
    const text = `${textOf(CHECKOUT)}---\n${textOf(JOURNEY).replace("checkout/availability", "no/such")}`;
    const { problems, changes } = await run({ text });
    const line = text.split("\n").findIndex((one) => one.includes("no/such")) + 1;
    expect(problems).toEqual([
      {
        line,
        column: 14,
        path: "spec.sli.steps.0.slo",
        message: 'There is no SLO "no/such" that a step could read.',
      },
    ]);
    expect(changes).toHaveLength(2);
    expect(await slos()).toEqual([]);
  });

  it("needs a reason for a lower target, and rolls back without one", async () => {
    await run({ text: textOf(LATER) });
    const other = soundDefinition({ name: "other" });
    await expect(run({ text: textOf(other, CHECKOUT) })).rejects.toMatchObject({ code: "invalid" });
    expect(await slos()).toHaveLength(1);
    await run({ text: textOf(other, CHECKOUT), reason: "agreed with the product owner" });
    expect((await slos()).map(({ key, version }) => [key, version])).toEqual([
      ["checkout/availability", 2],
      ["checkout/other", 1],
    ]);
  });

  it("makes drafts for who may not publish, the same draft only once", async () => {
    await run({ text: textOf(CHECKOUT) }, SRE);
    const [draft] = await slos();
    expect(draft).toMatchObject({ version: 0, draft: { definition: CHECKOUT, by: "sre" } });
    expect((await run({ text: textOf(CHECKOUT) }, SRE)).changes).toMatchObject([{ change: "same" }]);
    expect((await run({ text: textOf(CHECKOUT) })).changes).toMatchObject([{ change: "update" }]);
    expect(await slos()).toMatchObject([{ version: 1, draft: null }]);
  });

  it("refuses who may only look, and exclusions of what was measured already", async () => {
    await expect(run({ text: textOf(CHECKOUT) }, VIEWER)).rejects.toMatchObject({ code: "forbidden" });
    const windows = [{ kind: "one_off" as const, startMs: 1_000, endMs: 600_000, reason: "moved" }];
    const past = soundDefinition({ exclusions: { events: [], windows } });
    const { problems } = await run({ text: textOf(past) });
    expect(problems).toMatchObject([{ path: "spec.exclusions.windows.0" }]);
    expect(await slos()).toEqual([]);
  });

  it("warns of what is not taken over", async () => {
    const text = `version: prometheus/v1
service: checkout
labels: { repo: x }
slos:
  - name: errors
    objective: 99.9
    sli: { events: { error_query: "sum(rate(e[{{.window}}]))", total_query: "sum(rate(t[{{.window}}]))" } }
`;
    const { changes } = await run({ text });
    expect(changes).toMatchObject([
      {
        key: "checkout/errors",
        warnings: ['line 3, labels.repo: "repo" has no counterpart here and is not taken over.'],
      },
    ]);
  });

  it("takes a hundred SLOs at once", { timeout: 60_000 }, async () => {
    const many = Array.from({ length: 100 }, (_, at) =>
      soundDefinition({
        name: `slo-${at}`,
        sli: {
          kind: "availability",
          requests: { metric: `requests_${at}_total`, matchers: [] },
          failed: [{ label: "code", operator: "=~", value: "5.." }],
        },
      }),
    );
    const { changes } = await run({ text: textOf(...many) });
    expect(changes).toHaveLength(100);
    expect(await slos()).toHaveLength(100);
  });
});

describe("exportSlo", () => {
  it.each([
    ["openslo", "apiVersion: openslo/v1"],
    ["sloth", "version: prometheus/v1"],
    ["burnline", "apiVersion: burnline.dev/v1"],
    ["prometheus", "groups:"],
    ["grafana", '"panels"'],
  ])("answers a %s file; a definition is imported as the same SLO", async (format, head) => {
    await run({ text: textOf(CHECKOUT) });
    const [slo] = await slos();
    const answer = await exportSlo(VIEWER, { id: slo!.id, format }, testCaller());
    expect(answer.headers.get("content-type")).toMatch(format === "grafana" ? "json" : "yaml");
    expect(answer.headers.get("content-disposition")).toContain(`checkout-availability.${format}.`);
    const text = await answer.text();
    expect(text).toContain(head);
    if (format === "prometheus" || format === "grafana") return;
    expect((await run({ text, dryRun: true })).changes).toMatchObject([{ change: "same" }]);
  });

  it("refuses rules of a draft, and an SLO that is not there", async () => {
    await run({ text: textOf(CHECKOUT) }, SRE);
    const [slo] = await slos();
    const exported = (id: string) => exportSlo(VIEWER, { id, format: "prometheus" }, testCaller());
    await expect(exported(slo!.id)).rejects.toMatchObject({ code: "invalid" });
    await expect(exported("none")).rejects.toMatchObject({ code: "not_found" });
  });
});
