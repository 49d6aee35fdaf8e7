import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ActionItem } from "#lib/contracts/postmortems-action-items.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { connectDatabase, db, read } from "#lib/server/db/client.ts";
import { findEvents } from "#lib/server/db/incident-event.repo.ts";
import { openIncident } from "#lib/server/services/incidents/create.ts";
import { personWith, VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { addPerson } from "#lib/server/testing/people.ts";
import { createActionItem } from "./create.ts";
import { listActionItems } from "./list.ts";
import { patchActionItem } from "./patch.ts";
import { remindOverdue } from "./remind.ts";

const SRE = personWith("sre");
const CONFINED: Actor = {
  ...personWith("sre"),
  confinement: [{ label: "namespace", operator: "=", value: "prod" }],
};
const PAST = "2026-01-01T00:00:00.000Z";
const FUTURE = "2999-01-01T00:00:00.000Z";

let disconnect: () => Promise<void>;
let owner: string;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
  owner = (await addPerson(["sre"])).id;
});
afterAll(() => disconnect());

let incident: string;
beforeEach(async () => {
  await db().actionItem.deleteMany();
  const opened = await openIncident(SRE, { title: "Down", severity: "P1" }, testCaller());
  incident = opened.incident.id;
});

const create = (more: object = {}): Promise<ActionItem> =>
  createActionItem(SRE, { incident, text: "Alert earlier", ...more }, testCaller());
const patch = (item: ActionItem, change: object): Promise<ActionItem> =>
  patchActionItem(SRE, { item: item.id, version: item.version, ...change }, testCaller());
const list = async (query: object = {}, actor = VIEWER) =>
  (await listActionItems(actor, query)).actionItems.map(({ text }) => text);
const reminders = async () =>
  (await read((tx) => findEvents(tx, incident))).flatMap(({ body }) =>
    body.kind === "reminder" ? body.text : [],
  );

describe("action items", () => {
  it("have an owner, a date and a link, and can be done and not done again", async () => {
    const item = await create({ ownerId: owner, dueAt: FUTURE, link: "https://tracker.example/1" });
    expect(item).toMatchObject({
      incident: { id: incident, severity: "P1" },
      owner: { id: owner, name: `N ${owner}` },
      dueAt: FUTURE,
      link: "https://tracker.example/1",
      doneAt: null,
      overdue: false,
      version: 1,
    });
    const done = await patch(item, { done: true });
    expect([done.doneAt !== null, done.version]).toEqual([true, 2]);
    expect((await patch(done, { done: false })).doneAt).toBeNull();
  });

  it("are listed: what is due first on top, what is done last", async () => {
    await create({ text: "whenever" });
    await create({ text: "later", dueAt: FUTURE });
    await create({ text: "late", dueAt: PAST, ownerId: owner });
    await patch(await create({ text: "done", dueAt: PAST }), { done: true });
    expect(await list()).toEqual(["late", "later", "whenever", "done"]);
    expect(await list({ open: "true" })).toEqual(["late", "later", "whenever"]);
    expect(await list({ overdue: "true" })).toEqual(["late"]);
    expect(await list({ overdue: "false", open: "true" })).toEqual(["later", "whenever"]);
    expect(await list({ owner })).toEqual(["late"]);
    expect(await list({ incident: "INC-none" })).toEqual([]);
    expect(await list({}, CONFINED)).toEqual([]);
  });

  it.each([
    { link: "javascript:alert(1)", path: "link" },
    { link: "ftp://files.example/x", path: "link" },
    { link: "not an address", path: "link" },
    { text: "  ", path: "text" },
    { text: "reads \u202e otherwise", path: "text" },
    { dueAt: "tomorrow", path: "dueAt" },
    { ownerId: "nobody", path: "ownerId" },
  ])("refuse $path", async ({ path, ...fields }) => {
    await expect(create(fields)).rejects.toMatchObject({ code: "invalid", fields: [{ path }] });
  });

  it("refuse a change of an earlier version with the current state", async () => {
    const item = await create();
    await patch(item, { text: "first" });
    await expect(patch(item, { text: "second" })).rejects.toMatchObject({
      code: "conflict",
      current: { text: "first", version: 2 },
    });
  });

  it("are not found out of one's sight, nor changed by viewers", async () => {
    const { id, version } = await create();
    const change = { item: id, version, done: true };
    await expect(patchActionItem(CONFINED, change, testCaller())).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(patchActionItem(VIEWER, change, testCaller())).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("reminders", () => {
  it("are told once, by however many replicas", async () => {
    await create({ text: "late", dueAt: PAST });
    await create({ text: "later", dueAt: FUTURE });
    await patch(await create({ text: "done", dueAt: PAST }), { done: true });
    const told = await Promise.all(Array.from({ length: 4 }, () => remindOverdue(new Date())));
    expect(told.reduce((sum, one) => sum + one, 0)).toBe(1);
    expect(await reminders()).toEqual(["late"]);
    expect(await remindOverdue(new Date())).toBe(0);
  });

  it("come again with another date that passes", async () => {
    const item = await create({ dueAt: PAST });
    await remindOverdue(new Date());
    const [{ version } = item] = (await listActionItems(VIEWER, { incident })).actionItems;
    const moved = await patch({ ...item, version }, { dueAt: "2026-02-01T00:00:00.000Z" });
    expect(moved.remindedAt).toBeNull();
    expect(await remindOverdue(new Date())).toBe(1);
    expect(await reminders()).toHaveLength(2);
  });
});
