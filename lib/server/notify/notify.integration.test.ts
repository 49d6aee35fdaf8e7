import { createHmac } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RoutingDocument } from "#lib/contracts/notifications.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { openIncident } from "#lib/server/services/incidents/create.ts";
import { patchIncident } from "#lib/server/services/incidents/patch.ts";
import { transitIncident } from "#lib/server/services/incidents/transit.ts";
import { deleteChannel, makeChannel } from "#lib/server/services/notifications/channels.ts";
import { listNotifications, resendNotification } from "#lib/server/services/notifications/log.ts";
import { putPolicy } from "#lib/server/services/notifications/policies.ts";
import { ADMIN } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { escalateDue } from "./escalate.ts";
import { incidentNews } from "./incident-news.ts";
import { routeNext } from "./router.ts";
import { sendNext } from "./sender.ts";
import { allowCatcher, type Catcher, startCatcher } from "./testing/catcher.ts";

const SIGNING = "what-signs-the-messages";
const MINUTE_MS = 60_000;
let catcher: Catcher;
let disconnect: () => Promise<void>;

beforeAll(() => allowCatcher());
beforeEach(async () => {
  catcher = await startCatcher();
  disconnect = connectDatabase(await freshDatabase());
});
afterEach(async () => {
  await disconnect();
  await catcher.close();
});
afterAll(() => {
  delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for("burnline.settings")];
});

const send = () => sendNext(new AbortController().signal, catcher.way);
const route = async (nowMs = Date.now()) => {
  while (await routeNext(incidentNews, nowMs));
};
/** Everything is due, and no channel rests. */
const hurry = () =>
  db().$executeRaw`update notifications set due_at = due_at - interval '1 day', leased_until = null`;

async function channel(name = "catcher"): Promise<string> {
  const secret = { url: `${catcher.url}/${name}`, signingSecret: SIGNING };
  const { channel: made } = await makeChannel(ADMIN, { name, kind: "webhook", secret }, testCaller());
  return made.id;
}

async function open(title = "checkout fails", severity = "P2"): Promise<string> {
  const { incident } = await openIncident(ADMIN, { title, severity }, testCaller());
  return incident.id;
}
const transit = (id: string, transition: string) => transitIncident(ADMIN, { id, transition }, testCaller());
const log = async () => (await listNotifications(ADMIN, {})).notifications;
const facts = async (kind: string) =>
  (await db().incidentEvent.findMany({ where: { kind }, orderBy: { seq: "asc" } })).map(
    ({ body }) => body as Record<string, unknown>,
  );
const noticesOf = (nth: number) => catcher.caught[nth]?.body.notices as Record<string, unknown>[];

function rulesFor(rule: Partial<RoutingDocument["rules"][number]>): RoutingDocument {
  const any = { name: "r", events: [], severities: [], services: [], tiers: [], channels: "all" as const };
  return { rules: [{ ...any, ...rule }], quietHours: null };
}
const save = (kind: string, version: number, document: object) =>
  putPolicy(ADMIN, { kind, version, document }, testCaller());

describe("from a fact to a channel", () => {
  it("a channel is told, signed and under its key, once; the timeline says so and tells nobody of that", async () => {
    await channel();
    const id = await open();
    await route();
    await route();
    expect(await send()).toBe(true);
    expect(await send()).toBe(false);
    expect(catcher.caught).toHaveLength(1);
    const { headers, text } = catcher.caught[0]!;
    const at = String(headers["x-burnline-timestamp"]);
    const mac = createHmac("sha256", SIGNING).update(`${at}.${text}`).digest("hex");
    expect(headers["x-burnline-signature"]).toBe(`sha256=${mac}`);
    const [row] = await log();
    expect(row).toMatchObject({ state: "sent", attempts: 1, event: "opened", incidentId: id });
    expect(headers["idempotency-key"]).toBe(row?.id);
    expect(noticesOf(0)).toMatchObject([
      {
        event: "opened",
        title: "checkout fails",
        severity: "P2",
        url: `https://burnline.example/incidents/${id}`,
        acknowledgeUrl: `https://burnline.example/incidents/${id}/acknowledge`,
      },
    ]);
    expect(await facts("notification")).toEqual([
      { kind: "notification", channel: "catcher", event: "opened", outcome: "sent", detail: null },
    ]);
    await route();
    expect(await log()).toHaveLength(1);
  });

  it("two replicas route at once: each fact and channel once, in order", async () => {
    await Promise.all([channel("a"), channel("b")]);
    const ids = await Promise.all(Array.from({ length: 20 }, (_, n) => open(`incident ${n}`)));
    await Promise.all([route(), route(), route()]);
    const rows = await log();
    expect(rows).toHaveLength(40);
    expect(new Set(rows.map(({ incidentId, channel: { name } }) => `${incidentId} ${name}`)).size).toBe(40);
    expect(new Set(rows.map(({ incidentId }) => incidentId))).toEqual(new Set(ids));
  });

  it("the policy decides who is told of what", async () => {
    const [pages, all] = [await channel("pages"), await channel("all")];
    const document = rulesFor({ severities: ["P1"], channels: [pages] });
    document.rules.push({ ...rulesFor({ events: ["resolved"], channels: [all] }).rules[0]! });
    await save("routing", 0, document);
    const id = await open("minor", "P3");
    await patchIncident(
      ADMIN,
      { id, version: 1, severity: { to: "P1", reason: "it spreads" } },
      testCaller(),
    );
    await transit(id, "resolve");
    await route();
    const told = (await log()).map(({ event, channel: { name } }) => `${event} ${name}`).toSorted();
    // By the severity that it has when it is told.
    expect(told).toEqual(["opened pages", "resolved all", "resolved pages", "severity_raised pages"]);
    await expect(deleteChannel(ADMIN, { channel: pages }, testCaller())).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("the routing rule"),
    });
    await expect(save("routing", 0, document)).rejects.toMatchObject({
      code: "conflict",
      current: { version: 1 },
    });
  });

  it("history is not told as news", async () => {
    await channel();
    await open();
    await route(Date.now() + 25 * 60 * MINUTE_MS);
    expect(await log()).toEqual([]);
  });

  it("in quiet hours it waits for their end", async () => {
    await channel();
    const quietHours = { severities: ["P3"], zone: "UTC", from: "00:00", to: "23:59" };
    await save("routing", 0, { ...rulesFor({ events: ["opened"] }), quietHours });
    const noon = Date.parse(`${new Date().toISOString().slice(0, 10)}T12:00:00Z`);
    await open("quiet", "P3");
    await route(noon);
    const [row] = await log();
    expect(row?.dueAt).toBe(`${new Date(noon).toISOString().slice(0, 10)}T23:59:00.000Z`);
  });
});

describe("sending", () => {
  it("what is overtaken is dropped with the reason, or told as it is by now", async () => {
    await channel();
    const id = await open();
    await transit(id, "resolve");
    await route();
    while (await send()) await hurry();
    expect((await log()).map(({ event, state, lastError }) => [event, state, lastError])).toEqual([
      ["resolved", "sent", null],
      ["opened", "dropped", "it is over by now, which this channel is told as well"],
    ]);
    expect(await facts("notification")).toMatchObject([{ outcome: "dropped" }, { outcome: "sent" }]);
  });

  it("a storm goes out as one message, each row accounted for, the key the same at every attempt", async () => {
    await channel();
    for (let n = 0; n < 5; n += 1) await open(`incident ${n}`);
    await route();
    catcher.respond = (response) => void response.writeHead(503).end();
    await send();
    await hurry();
    await open("one more");
    await route();
    catcher.respond = (response) => void response.writeHead(200).end();
    await send();
    const keys = catcher.caught.map(({ headers }) => headers["idempotency-key"]);
    expect(keys[0]).toMatch(/^bundle-/);
    expect(keys[1]).toBe(keys[0]);
    expect(catcher.caught.map((_, nth) => noticesOf(nth).length)).toEqual([5, 5]);
    const rows = await log();
    expect(rows.map(({ state }) => state)).toEqual(["waiting", "sent", "sent", "sent", "sent", "sent"]);
    expect(rows[1]?.log.map(({ outcome }) => outcome)).toEqual(["failed", "sent"]);
    expect(await facts("notification")).toHaveLength(5);
    // The channel rests after a message, so that what comes meanwhile goes out together.
    expect(await send()).toBe(false);
    await hurry();
    expect(await send()).toBe(true);
    expect(noticesOf(2)).toMatchObject([{ title: "one more" }]);
  });

  it("two senders never send the same, and one channel gets one message at a time", async () => {
    await Promise.all(Array.from({ length: 6 }, (_, n) => channel(`c${n}`)));
    await open();
    await route();
    catcher.respond = (response) => void setTimeout(() => response.writeHead(200).end(), 100);
    await Promise.all(Array.from({ length: 12 }, send));
    while (await send());
    expect(catcher.caught.map(({ path }) => path).toSorted()).toEqual(
      Array.from({ length: 6 }, (_, n) => `/c${n}`),
    );
  });

  it("Retry-After holds the whole channel", async () => {
    await channel();
    const startMs = Date.now();
    await open("first");
    await route();
    catcher.respond = (response) => void response.writeHead(429, { "retry-after": "120" }).end();
    await send();
    const [row] = await log();
    expect(row).toMatchObject({ state: "waiting", lastError: "it answered HTTP 429" });
    expect(Date.parse(row?.dueAt ?? "") - startMs).toBeGreaterThanOrEqual(120_000);
    expect(await send()).toBe(false);
  });

  it("is dead at once where repeating is no use, in sight, and sent again when asked to", async () => {
    await channel();
    await open();
    await route();
    catcher.respond = (response) => void response.writeHead(400).end("<script>");
    await send();
    const [row] = await log();
    expect(row).toMatchObject({ state: "dead", lastError: "it answered HTTP 400", attempts: 1 });
    expect(await facts("notification")).toMatchObject([{ outcome: "dead", detail: "it answered HTTP 400" }]);
    catcher.respond = (response) => void response.writeHead(204).end();
    await resendNotification(ADMIN, { notification: row?.id }, testCaller());
    await send();
    expect((await log())[0]).toMatchObject({ state: "sent" });
    expect(catcher.caught.map(({ headers }) => headers["idempotency-key"])).toEqual([row?.id, row?.id]);
    await expect(resendNotification(ADMIN, { notification: row?.id }, testCaller())).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("is dead after so many attempts", async () => {
    await channel();
    await open();
    await route();
    catcher.respond = (response) => void response.socket?.destroy();
    while (await send()) await hurry();
    expect((await log())[0]).toMatchObject({ state: "dead", attempts: 14 });
    expect(catcher.caught).toHaveLength(14);
  });

  it("a sender that dies between lease and answer: another sends it under the same key, and the dead one's answer counts no more", async () => {
    await channel();
    await open();
    await route();
    let answer: () => void = () => undefined;
    catcher.respond = (response) => (answer = () => void response.writeHead(200).end());
    const stuck = send();
    await expect.poll(() => catcher.caught.length).toBe(1);
    expect(await send()).toBe(false);
    await hurry();
    catcher.respond = (response) => void response.writeHead(200).end();
    expect(await send()).toBe(true);
    answer();
    await stuck;
    const keys = catcher.caught.map(({ headers }) => headers["idempotency-key"]);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
    expect(await facts("notification")).toHaveLength(1);
    expect((await log())[0]).toMatchObject({ state: "sent", attempts: 2 });
  });
});

describe("escalation", () => {
  it("each step once, whoever races, until somebody acknowledges", async () => {
    await channel();
    const id = await open("down", "P1");
    const startMs = Date.now();
    expect(await escalateDue(startMs + 4 * MINUTE_MS)).toBe(0);
    const at = (minutes: number) => startMs + minutes * MINUTE_MS + 1_000;
    const both = await Promise.all([escalateDue(at(5)), escalateDue(at(5)), escalateDue(at(5))]);
    expect(both.reduce((sum, steps) => sum + steps, 0)).toBe(1);
    expect(await escalateDue(at(9))).toBe(0);
    expect(await escalateDue(at(10))).toBe(1);
    expect(await facts("escalated")).toMatchObject([
      { step: 1, to: ["catcher"], reason: "P1 is not acknowledged in time" },
      { step: 2 },
    ]);
    await route();
    expect((await log()).map(({ event }) => event)).toEqual(["escalated", "escalated", "opened"]);
    await transit(id, "acknowledge");
    expect(await escalateDue(at(60))).toBe(0);
    await route();
    while (await send()) await hurry();
    expect((await log()).filter(({ event }) => event === "escalated")).toMatchObject([
      { state: "dropped", lastError: "it is acknowledged by now" },
      { state: "dropped" },
    ]);
  });
});
