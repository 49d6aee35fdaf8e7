import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { IncidentDetail, TimelineEntry } from "#lib/contracts/incidents.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { AppError } from "#lib/server/errors.ts";
import { personWith, VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { addPerson } from "#lib/server/testing/people.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { emptyTimelines } from "#lib/server/testing/timelines.ts";
import { openIncident } from "./create.ts";
import { getIncident } from "./get.ts";
import { listIncidents } from "./list.ts";
import { mergeIncident } from "./merge.ts";
import { patchIncident } from "./patch.ts";
import { editEvent } from "./timeline/edit.ts";
import { readTimeline } from "./timeline/read.ts";
import { writeEvent } from "./timeline/write.ts";
import { transitIncident } from "./transit.ts";

const SRE = personWith("sre");
const CONFINED: Actor = { ...VIEWER, confinement: [{ label: "namespace", operator: "=", value: "prod" }] };

let disconnect: () => Promise<void>;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
});
afterAll(() => disconnect());
beforeEach(() => emptyTimelines());

const open = async (fields: object = {}): Promise<IncidentDetail> =>
  (await openIncident(SRE, { title: "Checkout fails", severity: "P2", ...fields }, testCaller())).incident;
const transit = async (id: string, transition: string, more: object = {}) =>
  (await transitIncident(SRE, { id, transition, ...more }, testCaller())).incident;
const patch = async (id: string, change: object) =>
  (await patchIncident(SRE, { id, ...change }, testCaller())).incident;
const timeline = async (id: string, after = "0") => readTimeline(VIEWER, { id, after });
const note = (id: string, markdown: string, more: object = {}) =>
  writeEvent(SRE, { id, body: { kind: "note", markdown }, ...more }, testCaller());
const edit = (id: string, entry: Pick<TimelineEntry, "seq" | "revision">, change: object) =>
  editEvent(SRE, { id, seq: entry.seq, revision: entry.revision, ...change }, testCaller());

describe("opening", () => {
  it("takes SEV1 for P1, and begins in DETECT with its fact on the timeline", async () => {
    const incident = await open({ severity: "sev1", service: "checkout" });
    expect(incident).toMatchObject({
      severity: "P1",
      phase: "DETECT",
      open: true,
      origin: "manual",
      version: 1,
    });
    expect(incident.possible).toEqual(["acknowledge", "resolve"]);
    expect(Date.parse(incident.respondBy ?? "") - Date.parse(incident.detectedAt)).toBe(5 * 60_000);
    const { entries } = await timeline(incident.id);
    expect(entries.map(({ body }) => body.kind)).toEqual(["opened"]);
  });

  it("gives 100 that are opened at once an id each", async () => {
    const all = await Promise.all(Array.from({ length: 100 }, (_, i) => open({ service: `s${i}` })));
    expect(new Set(all.map(({ id }) => id)).size).toBe(100);
    for (const { id } of all) expect(id).toMatch(/^INC-\d{8}-\d{6}(-\d+)?$/);
  }, 60_000);

  it("is refused for what is open already, naming it; one of two that race wins", async () => {
    const both = await Promise.allSettled([open({ service: "checkout" }), open({ service: "checkout" })]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const [{ id } = { id: "" }] = (await listIncidents(VIEWER, { open: "true" })).data.incidents;
    await expect(open({ service: "checkout" })).rejects.toMatchObject({ code: "conflict", current: { id } });
  });

  it.each<[string, object, string]>([
    ["a severity there is none of", { severity: "P5" }, "severity"],
    ["a title of nothing", { title: " " }, "title"],
    ["a title that hides something", { title: "a\u202eb" }, "title"],
    ["an impact that is still to come", { startedAt: "2999-01-01T00:00:00Z" }, "startedAt"],
    ["a field there is none of", { colour: "red" }, ""],
  ])("is refused for %s", async (_, fields, path) => {
    await expect(open(fields)).rejects.toMatchObject({ code: "invalid", fields: [{ path }] });
    expect(await db().incident.count()).toBe(0);
  });

  it("is for who may handle incidents, and whoever is confined sees none of others'", async () => {
    const { id } = await open({ service: "checkout" });
    const input = { title: "x", severity: "P4" };
    await expect(openIncident(VIEWER, input, testCaller())).rejects.toMatchObject({ code: "forbidden" });
    expect((await listIncidents(CONFINED, {})).data.incidents).toEqual([]);
    await expect(getIncident(CONFINED, { id })).rejects.toMatchObject({ code: "not_found" });
    await expect(readTimeline(CONFINED, { id })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("the way of an incident", () => {
  it("goes from DETECT to LEARN, each step on the timeline and in the audit log", async () => {
    const { id } = await open();
    for (const step of ["acknowledge", "begin_mitigation", "mitigate", "resolve"]) await transit(id, step);
    const { incident } = await getIncident(VIEWER, { id });
    expect(incident).toMatchObject({ phase: "LEARN", open: false, possible: ["reopen", "close"] });
    expect(incident.durations.acknowledgeSeconds).toBeGreaterThanOrEqual(0);
    expect(incident.durations.resolveSeconds).toBeNull();
    const { entries } = await timeline(id);
    expect(entries.map(({ body }) => (body.kind === "transition" ? body.to : body.kind))).toEqual([
      "opened",
      "TRIAGE",
      "MITIGATE",
      "RESOLVE",
      "LEARN",
    ]);
    const audited = await db().auditEntry.findMany({ where: { resourceId: id }, orderBy: { seq: "asc" } });
    // Ids come again in a test that empties its tables within a second.
    expect(audited.slice(-5).map(({ action }) => action)).toEqual([
      "incident.opened",
      "incident.acknowledge",
      "incident.begin_mitigation",
      "incident.mitigate",
      "incident.resolve",
    ]);
  });

  it("refuses a step out of turn, and one on what has changed, with the current state", async () => {
    const { id, version } = await open();
    await expect(transit(id, "mitigate")).rejects.toMatchObject({
      code: "conflict",
      current: { phase: "DETECT" },
    });
    await transit(id, "acknowledge", { version });
    await expect(transit(id, "resolve", { version })).rejects.toMatchObject({
      code: "conflict",
      current: { phase: "TRIAGE", version: version + 1 },
    });
  });

  it("is acknowledged once by two who click at once", async () => {
    const { id } = await open();
    const both = await Promise.allSettled([transit(id, "acknowledge"), transit(id, "acknowledge")]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await timeline(id)).entries).toHaveLength(2);
  });
});

describe("changing", () => {
  it("tells each change on the timeline", async () => {
    const { id } = await open();
    await patch(id, { version: 1, title: "Payments fail", severity: { to: "P1", reason: "all of them" } });
    const { id: personId } = await addPerson(["sre"]);
    await patch(id, { version: 2, role: { role: "commander", personId } });
    const detectedAt = (await getIncident(VIEWER, { id })).incident.detectedAt;
    const startedAt = new Date(Date.parse(detectedAt) - 600_000).toISOString();
    const changed = await patch(id, { version: 3, time: { field: "startedAt", to: startedAt } });
    expect(changed).toMatchObject({ title: "Payments fail", severity: "P1", startedAt, version: 4 });
    expect(changed.durations.detectSeconds).toBe(600);
    expect(changed.roles.commander).toEqual({ id: personId, name: `N ${personId}` });
    const { entries } = await timeline(id);
    expect(entries.map(({ body }) => body.kind)).toEqual(["opened", "title", "severity", "role", "time"]);
  });

  it("writes nothing where nothing changes", async () => {
    const { id } = await open();
    expect((await patch(id, { version: 1, title: "Checkout fails" })).version).toBe(1);
    expect((await timeline(id)).entries).toHaveLength(1);
  });

  it("gives no role to whom nobody knows", async () => {
    const { id } = await open();
    const role = { role: "scribe", personId: "nobody" };
    const fields = [{ path: "role.personId", message: "there is no such person" }];
    await expect(patch(id, { version: 1, role })).rejects.toMatchObject({ code: "invalid", fields });
  });

  it("is refused on a version that is not the current one, with the current state", async () => {
    const { id } = await open();
    await patch(id, { version: 1, title: "One" });
    await expect(patch(id, { version: 1, title: "Two" })).rejects.toMatchObject({
      code: "conflict",
      current: { title: "One", version: 2 },
    });
  });

  it.each<[string, object, string]>([
    ["a time before the impact", { field: "detectedAt", to: "2020-01-01T00:00:00Z" }, "time.to"],
    ["a time still to come", { field: "startedAt", to: "2999-01-01T00:00:00Z" }, "time.to"],
    ["no detection", { field: "detectedAt", to: null }, "time.to"],
    ["a step that was not taken", { field: "resolvedAt", to: "2026-01-01T00:00:00Z" }, "time.field"],
  ])("is refused for %s", async (_, time, path) => {
    const startedAt = new Date(Date.now() - 60_000).toISOString();
    const { id } = await open({ startedAt });
    await expect(patch(id, { version: 1, time })).rejects.toMatchObject({
      code: "invalid",
      fields: [{ path }],
    });
  });
});

describe("the timeline", () => {
  it("is in the order of what happened, whenever it was written down", async () => {
    const { id } = await open();
    await note(id, "second");
    await note(id, "first", { at: new Date(Date.now() - 3_600_000).toISOString() });
    const texts = (await timeline(id)).entries.map(({ body }) =>
      body.kind === "note" ? body.markdown : body.kind,
    );
    expect(texts).toEqual(["first", "opened", "second"]);
  });

  it("keeps what an entry said before, and answers only what is new", async () => {
    const { id } = await open();
    const first = await note(id, "is down");
    const { head } = await timeline(id);
    const edited = await edit(id, first, { body: { kind: "note", markdown: "is slow" } });
    expect(edited).toMatchObject({ seq: first.seq, revision: 2, body: { markdown: "is slow" } });
    expect(edited.revisions.map(({ body }) => body)).toEqual([{ kind: "note", markdown: "is down" }]);
    const news = await timeline(id, head);
    expect(news.entries.map(({ seq }) => seq)).toEqual([first.seq]);
    expect((await timeline(id, news.head)).entries).toEqual([]);
  });

  it("refuses an edit of what was edited meanwhile, with what it says now", async () => {
    const { id } = await open();
    const entry = await note(id, "one");
    const change = (markdown: string) => edit(id, entry, { body: { kind: "note", markdown } });
    const both = await Promise.allSettled([change("two"), change("three")]);
    const refused = both.find((one) => one.status === "rejected");
    expect(refused?.reason).toBeInstanceOf(AppError);
    expect(refused?.reason).toMatchObject({ code: "conflict", current: { revision: 2 } });
    const [, now] = (await timeline(id)).entries;
    expect(now?.revisions).toHaveLength(1);
  });

  it("pins any entry, and lets nobody rewrite what happened by itself", async () => {
    const { id } = await open();
    const [opened] = (await timeline(id)).entries;
    if (!opened) throw new Error("no entry");
    expect((await edit(id, opened, { pinned: true })).pinned).toBe(true);
    expect((await edit(id, opened, { pinned: false })).pinned).toBe(false);
    await expect(edit(id, opened, { body: { kind: "note", markdown: "x" } })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("cannot be changed behind our back", async () => {
    const { id } = await open();
    await expect(db().incidentEvent.updateMany({ data: { kind: "x" } })).rejects.toThrow(/append-only/);
    await expect(db().incidentEvent.deleteMany({ where: { incidentId: id } })).rejects.toThrow(/append-only/);
    await expect(db().$executeRaw`truncate incident_events`).rejects.toThrow(/append-only/);
  });

  it("refuses the future, and a body that is none", async () => {
    const { id } = await open();
    await expect(note(id, "x", { at: "2999-01-01T00:00:00Z" })).rejects.toMatchObject({
      fields: [{ path: "at" }],
    });
    await expect(note(id, " ")).rejects.toMatchObject({ fields: [{ path: "body.markdown" }] });
    const opened = { kind: "opened", title: "x", severity: "P1", count: 0, alerts: [] };
    await expect(writeEvent(SRE, { id, body: opened }, testCaller())).rejects.toMatchObject({
      code: "invalid",
    });
  });
});

describe("merging", () => {
  it("moves keys and alerts, keeps both timelines and leaves one open", async () => {
    const [from, into] = [await open({ service: "a", severity: "P1" }), await open({ service: "b" })];
    const merged = (await mergeIncident(SRE, { id: from.id, into: into.id, version: 1 }, testCaller()))
      .incident;
    expect(merged).toMatchObject({ id: into.id, severity: "P1", detectedAt: from.detectedAt });
    expect((await listIncidents(VIEWER, {})).data.incidents.map(({ id }) => id)).toEqual([into.id]);
    expect((await getIncident(VIEWER, { id: from.id })).incident).toMatchObject({
      mergedInto: into.id,
      possible: [],
    });
    await expect(transit(from.id, "reopen")).rejects.toMatchObject({ code: "conflict" });
    await expect(open({ service: "a" })).rejects.toMatchObject({
      code: "conflict",
      current: { id: into.id },
    });
    expect((await timeline(from.id)).entries.at(-1)?.body).toEqual({
      kind: "merged",
      from: from.id,
      into: into.id,
    });
  });

  it("is refused into itself and into what is over", async () => {
    const [from, into] = [await open({ service: "a" }), await open({ service: "b" })];
    const merge = (target: string) =>
      mergeIncident(SRE, { id: from.id, into: target, version: 1 }, testCaller());
    await expect(merge(from.id)).rejects.toMatchObject({ code: "invalid", fields: [{ path: "into" }] });
    await transit(into.id, "resolve");
    await expect(merge(into.id)).rejects.toMatchObject({ code: "conflict" });
  });
});
