import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Postmortem } from "#lib/contracts/postmortems.ts";
import { slotAt, slotStartMs } from "#lib/domain/slo/slots/slot.ts";
import { soundDefinition } from "#lib/domain/slo/testing.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { connectDatabase, db, read } from "#lib/server/db/client.ts";
import { findEvents } from "#lib/server/db/incident-event.repo.ts";
import { AppError } from "#lib/server/errors.ts";
import { openIncident } from "#lib/server/services/incidents/create.ts";
import { getIncident } from "#lib/server/services/incidents/get.ts";
import { editEvent } from "#lib/server/services/incidents/timeline/edit.ts";
import { writeEvent } from "#lib/server/services/incidents/timeline/write.ts";
import { transitIncident } from "#lib/server/services/incidents/transit.ts";
import { evaluateAll, makeSlo, writeLedger } from "#lib/server/services/slos/budget-testing.ts";
import { ADMIN, personWith, VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { createActionItem } from "../action-items/create.ts";
import { exportHtml, exportMarkdown } from "./export.ts";
import { getPostmortem } from "./get.ts";
import { publishPostmortem } from "./publish.ts";
import { savePostmortem } from "./save.ts";
import { waivePostmortem } from "./waive.ts";

const WRITER = { ...personWith("sre"), id: "writer" };
const READER = { ...personWith("sre"), id: "reader" };
const CONFINED: Actor = { ...VIEWER, confinement: [{ label: "namespace", operator: "=", value: "prod" }] };
const HOSTILE = '<img src=x onerror="alert(1)">';

const NOW = Date.now();
const OPEN = slotAt(NOW);
/** 100 requests a slot for 30 days, a budget of 864; an outage of two slots, ten ago, costs 200 of them. */
const counted = (ago: number) => ({ bad: ago === 10 || ago === 9 ? 100 : 0, total: 100 });

let disconnect: () => Promise<void>;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
  const definition = soundDefinition({ service: "checkout" });
  await makeSlo(definition);
  await writeLedger(definition, 8639, NOW, counted);
  await evaluateAll(NOW, { bad: 0, total: 100 });
});
afterAll(() => disconnect());

let id: string;
/** Opened by hand half an hour ago; about what spent nothing unless said otherwise. */
beforeEach(async () => {
  const { incident } = await openIncident(
    WRITER,
    { title: `Checkout ${HOSTILE}`, severity: "P2" },
    testCaller(),
  );
  id = incident.id;
  const at = new Date(slotStartMs(OPEN - 7));
  await db().incident.update({
    where: { id },
    data: { detectedAt: at, startedAt: new Date(at.getTime() - 4 * 60_000) },
  });
});

const resolve = (note: string | null = null) =>
  transitIncident(WRITER, { id, transition: "resolve", note }, testCaller());
const current = async (actor = VIEWER): Promise<Postmortem> =>
  (await getPostmortem(actor, { id })).postmortem;
const save = async (version: number, change: object = {}, actor = WRITER, ready = false) => {
  const { sections } = await current();
  const input = { id, version, ready, sections: { ...sections, ...change } };
  return (await savePostmortem(actor, input, testCaller())).postmortem;
};
const publish = (version: number, actor = READER) => publishPostmortem(actor, { id, version }, testCaller());
const waive = (reason: string, actor = WRITER) => waivePostmortem(actor, { id, reason }, testCaller());
const told = async () =>
  (await read((tx) => findEvents(tx, id))).flatMap(({ body }) => (body.kind === "postmortem" ? body : []));
const spentMuch = () =>
  db().incident.update({
    where: { id },
    data: { service: "checkout", startedAt: new Date(slotStartMs(OPEN - 10)) },
  });

describe("the draft", () => {
  it("is filled from the facts, names nobody, and is not saved by reading it", async () => {
    await spentMuch();
    await resolve("rolled back");
    const { state, version, sections, spent, required } = await current();
    expect([state, version, required]).toEqual(["none", 0, true]);
    expect(spent[0]!.spentRatio).toBeCloseTo(200 / 864, 3);
    expect(sections.budgetSpent).toBe("- checkout/availability (99.9 %): 23.1 % of the budget");
    expect(sections.impact).toContain("- Detected after (TTD): 15 min");
    expect(sections.timeline).toContain("Opened by hand as P2: Checkout \\<img src=x");
    expect(sections.timeline).toContain("Resolved: rolled back");
    expect(JSON.stringify(sections)).not.toContain("writer");
    expect(sections.rootCause).toBe("");
    expect(await told()).toEqual([]);
  });

  it("has the charts that are pinned, and those alone", async () => {
    const data = {
      startSeconds: 1_700_000_000,
      stepSeconds: 60,
      unit: "ratio",
      series: [{ name: "errors", labels: {}, values: [0.1, null, 0.3] }],
      thresholds: [],
    };
    const chart = (title: string) =>
      writeEvent(WRITER, { id, body: { kind: "chart", title, query: "up", data } }, testCaller());
    const { seq, revision } = await chart("Errors </svg><script>");
    await chart("Another");
    await editEvent(WRITER, { id, seq, revision, pinned: true }, testCaller());
    expect((await current()).charts.map(({ title }) => title)).toEqual(["Errors </svg><script>"]);
    const html = await (await exportHtml(VIEWER, { id }, testCaller())).text();
    expect(html).toContain('d="M0.0 106.7M640.0 0.0"');
    expect(html).not.toContain("<script");
  });
});

describe("saving", () => {
  it("makes versions, and tells the timeline of the first one", async () => {
    expect((await save(0, { lessons: "one" })).version).toBe(1);
    const saved = await save(1, { lessons: "two" }, READER, true);
    expect([saved.version, saved.state, saved.by?.id]).toEqual([2, "review", "reader"]);
    expect(saved.versions.map(({ version }) => version)).toEqual([2, 1]);
    expect((await getPostmortem(VIEWER, { id, version: 1 })).postmortem.sections.lessons).toBe("one");
    expect(await told()).toMatchObject([{ step: "drafted", version: 1 }]);
  });

  it("refuses an edit of an earlier version with the text of now, and loses neither", async () => {
    await save(0, { lessons: "theirs" }, READER);
    const error = await save(0, { lessons: "mine" }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({
      code: "conflict",
      current: { version: 1, sections: { lessons: "theirs" } },
    });
    expect((await current()).sections.lessons).toBe("theirs");
  });

  it("lets one of ten win who save at the same time", async () => {
    const sections = (await current()).sections;
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, (_, at) =>
        savePostmortem(WRITER, { id, version: 0, sections: { ...sections, lessons: `${at}` } }, testCaller()),
      ),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const refused = tries.flatMap((one) => (one.status === "rejected" ? [one.reason as AppError] : []));
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(["conflict"]));
  });

  it.each([
    { sections: {}, path: "sections.summary" },
    { sections: { lessons: "x".repeat(20_001) }, path: "sections.lessons" },
    { sections: { else: "x" }, path: "sections" },
  ])("names what is wrong: $path", async ({ sections, path }) => {
    const whole = Object.keys(sections).length === 0 ? {} : { ...(await current()).sections, ...sections };
    const error = await savePostmortem(WRITER, { id, version: 0, sections: whole }, testCaller()).catch(
      (thrown: unknown) => thrown as AppError,
    );
    expect(error).toMatchObject({ code: "invalid" });
    expect((error as AppError).fields?.map((field) => field.path)).toContain(path);
  });

  it("keeps what a database cannot hold harmless", async () => {
    expect((await save(0, { lessons: "a\u0000b" })).sections.lessons).not.toContain("\u0000");
  });
});

describe("publishing", () => {
  it("takes a second person, closes the incident and is on its timeline", async () => {
    await resolve();
    await save(0);
    await expect(publish(1, WRITER)).rejects.toMatchObject({ code: "forbidden" });
    const { postmortem } = await publish(1);
    expect(postmortem.state).toBe("published");
    expect(postmortem.incident.closedAt).not.toBeNull();
    expect(await told()).toMatchObject([{ step: "drafted" }, { step: "published", version: 1 }]);
    await expect(publish(1)).rejects.toMatchObject({ code: "conflict" });
  });

  it("is, with the waiver, the only way to close it", async () => {
    await resolve();
    const closing = transitIncident(WRITER, { id, transition: "close" }, testCaller());
    await expect(closing).rejects.toMatchObject({ code: "conflict", current: { closedAt: null } });
  });

  it("lets an admin do without", async () => {
    await resolve();
    await save(0, {}, ADMIN);
    expect((await publish(1, ADMIN)).postmortem.state).toBe("published");
  });

  it("waits for the incident to be resolved, and leaves nothing behind", async () => {
    await save(0);
    await expect(publish(1)).rejects.toMatchObject({ code: "conflict" });
    expect((await current()).state).toBe("draft");
    expect(await told()).toHaveLength(1);
  });

  it("is of the newest version alone", async () => {
    await resolve();
    await save(0);
    await save(1);
    await expect(publish(1)).rejects.toMatchObject({ code: "conflict" });
    await publish(2);
    const corrected = await save(2, { lessons: "more" });
    expect([corrected.state, corrected.versions[1]!.publishedAt === null]).toEqual(["draft", false]);
    expect((await publish(3)).postmortem.state).toBe("published");
  });
});

describe("waiving", () => {
  it("closes the incident with the reason", async () => {
    await resolve();
    const { postmortem } = await waive("a known fault of the provider");
    expect(postmortem.waiver).toMatchObject({
      by: { id: "writer" },
      reason: "a known fault of the provider",
    });
    expect((await getIncident(VIEWER, { id })).incident.closedAt).not.toBeNull();
    await expect(waive("again")).rejects.toMatchObject({ code: "conflict" });
  });

  it("is over when the incident is opened again", async () => {
    await resolve();
    await waive("nothing to learn");
    await transitIncident(WRITER, { id, transition: "reopen" }, testCaller());
    expect((await current()).waiver).toBeNull();
  });

  it("is for admins where more than 20 % of a budget was spent", async () => {
    await spentMuch();
    await resolve();
    await expect(waive("no time")).rejects.toMatchObject({ code: "forbidden" });
    await waive("the post-mortem is kept elsewhere", ADMIN);
    expect((await current()).waiver?.by.id).toBe(ADMIN.id);
  });

  it.each(["", "   "])("needs a reason: %j", async (reason) => {
    await expect(waive(reason)).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("exports", () => {
  it("show what is hostile and run none of it", async () => {
    await save(0, {
      rootCause: `${HOSTILE}\n\n[x](javascript:alert(1)) **but** \u202eevil`,
      lessons: "</section><script>alert(1)</script>",
    });
    await createActionItem(
      WRITER,
      { incident: id, text: `Fix ${HOSTILE}`, link: 'https://t.example/?a="><script>' },
      testCaller(),
    );
    const page = await (await exportHtml(VIEWER, { id }, testCaller())).text();
    expect(page).not.toMatch(/<img|<script|href="javascript|\u202e/i);
    expect(page).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;");
    expect(page).toContain("<strong>but</strong>");
    const markdown = await (await exportMarkdown(VIEWER, { id }, testCaller())).text();
    expect(markdown).toContain("# " + id + ": Checkout \\<img src=x");
    expect(markdown).toContain("- [ ] Fix \\<img");
    expect(markdown).toContain("## Where we got lucky\n\n_Nothing written._");
  });

  it.each([getPostmortem, exportMarkdown, exportHtml])("are not found out of one's sight", async (verb) => {
    await expect(verb(CONFINED, { id }, testCaller())).rejects.toMatchObject({ code: "not_found" });
  });
});

it("is written by those who may write incidents", async () => {
  await expect(save(0, {}, VIEWER)).rejects.toMatchObject({ code: "forbidden" });
  await expect(waive("x", VIEWER)).rejects.toMatchObject({ code: "forbidden" });
});
