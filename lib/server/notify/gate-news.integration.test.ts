import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RoutingDocument } from "#lib/contracts/notifications.ts";
import type { DecisionKind } from "#lib/contracts/decisions.ts";
import type { ReleaseState } from "#lib/contracts/releases.ts";
import { connectDatabase, db, transaction } from "#lib/server/db/client.ts";
import { appendDecision } from "#lib/server/db/decision.repo.ts";
import { makeChannel } from "#lib/server/services/notifications/channels.ts";
import { listNotifications } from "#lib/server/services/notifications/log.ts";
import { putPolicy } from "#lib/server/services/notifications/policies.ts";
import { ADMIN } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { gateNews } from "./gate-news.ts";
import { routeNext } from "./router.ts";
import { sendNext } from "./sender.ts";
import { allowCatcher, type Catcher, CATCHER_ENVIRONMENT, startCatcher } from "./testing/catcher.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const SCRIPT = fileURLToPath(new URL("./fixtures/send-notifications.ts", import.meta.url));
const HOUR_MS = 3_600_000;
let catcher: Catcher;
let databaseUrl: string;
let disconnect: () => Promise<void>;

beforeAll(() => allowCatcher());
beforeEach(async () => {
  catcher = await startCatcher();
  databaseUrl = await freshDatabase();
  disconnect = connectDatabase(databaseUrl);
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
  while (await routeNext(gateNews, nowMs));
};
const log = async () => (await listNotifications(ADMIN, {})).notifications;
const told = async () => (await log()).map(({ event }) => event).toReversed();

function channel(name = "room"): Promise<unknown> {
  const secret = { url: `${catcher.url}/${name}`, signingSecret: "0123456789abcdef" };
  return makeChannel(ADMIN, { name, kind: "webhook", secret }, testCaller());
}

async function release(id: string, state: ReleaseState): Promise<void> {
  const asked = {
    id,
    service: "checkout",
    version: "2.14.0",
    commit: "0123abc",
    request: {},
    requestedBy: "x",
  };
  await db().release.create({ data: { ...asked, state } });
}

const record = (releaseId: string | null, kind: DecisionKind, body: object, at = new Date()) =>
  transaction((tx) =>
    appendDecision(tx, { kind, service: "checkout", releaseId, actorId: "x", decision: null, at, body }),
  );

const evaluated = (id: string, from: ReleaseState | null, to: ReleaseState, at?: Date) =>
  record(id, "evaluation", { moved: { from, to }, verdict: { rationale: ["fast burn of 15x"] } }, at);

describe("what people are told of the gate", () => {
  it.each<[string, DecisionKind, object, string[]]>([
    [
      "a release that begins to wait",
      "evaluation",
      { moved: { from: null, to: "waiting" } },
      ["release_waiting"],
    ],
    ["one that waited already", "evaluation", { moved: { from: "waiting", to: "waiting" } }, []],
    ["one that is deferred", "evaluation", { moved: { from: null, to: "deferred" } }, []],
    ["a question without a release", "evaluation", {}, []],
    ["an approval that is taken back", "revocation", { state: "blocked" }, ["release_revoked"]],
    ["a deploy that has to stop", "revocation", { state: "deploying" }, ["release_halted"]],
    ["what went out uncleared", "deploy_uncleared", { version: "2.14.0" }, ["release_uncleared"]],
    ["a lease", "lease", { state: "approved" }, []],
  ])("%s", async (_, kind, body, expected) => {
    await channel();
    await release("r1", "waiting");
    await record("r1", kind, body);
    await route();
    expect(await told()).toEqual(expected);
  });

  it("with the reason and a link, once, however many route", async () => {
    await channel();
    await release("r1", "waiting");
    await evaluated("r1", null, "waiting");
    await Promise.all([route(), route(), route()]);
    await route();

    expect(await send()).toBe(true);
    expect(await send()).toBe(false);

    const [row] = await log();
    expect(row).toMatchObject({ state: "sent", event: "release_waiting", releaseId: "r1", incidentId: null });
    expect(catcher.caught).toHaveLength(1);
    expect(catcher.caught[0]?.headers["idempotency-key"]).toBe(row?.id);
    expect(catcher.caught[0]?.body).toMatchObject({
      subject: "Release waits for a review: checkout 2.14.0",
      notices: [
        { text: "fast burn of 15x", url: "https://burnline.example/releases/r1", acknowledgeUrl: null },
      ],
    });
  });

  it("a version that nobody had asked for, with the records of its service", async () => {
    await channel();
    await record(null, "deploy_uncleared", { version: "9.9.9", because: "nobody had asked for it" });
    await route();
    await send();
    expect(catcher.caught[0]?.body).toMatchObject({
      subject: "Out without the gate: checkout 9.9.9",
      notices: [
        { url: "https://burnline.example/releases/decisions?service=checkout&kind=deploy_uncleared" },
      ],
    });
  });

  it("a review that was answered meanwhile is not sent, and the log says why", async () => {
    await channel();
    await release("r1", "waiting");
    await evaluated("r1", null, "waiting");
    await route();
    await db().release.update({ where: { id: "r1" }, data: { state: "approved" } });
    await send();
    expect(catcher.caught).toEqual([]);
    expect(await log()).toMatchObject([{ state: "dropped", lastError: "it is approved by now" }]);
  });

  it("history is not told as news", async () => {
    await channel();
    await release("r1", "waiting");
    await evaluated("r1", null, "waiting", new Date(Date.now() - 25 * HOUR_MS));
    await route();
    expect(await log()).toEqual([]);
  });

  it("by the routing's events, services and tiers; quiet hours hold reviews back and no halt", async () => {
    await channel();
    const any = { severities: [], services: ["checkout"], tiers: [], channels: "all" as const };
    const document: RoutingDocument = {
      rules: [{ ...any, name: "r", events: ["release_waiting", "release_halted"] }],
      quietHours: { severities: ["P4"], zone: "UTC", from: "00:00", to: "23:59" },
    };
    await putPolicy(ADMIN, { kind: "routing", version: 0, document }, testCaller());
    const day = new Date().toISOString().slice(0, 10);
    const noon = Date.parse(`${day}T12:00:00Z`);
    await release("r1", "waiting");
    await evaluated("r1", null, "waiting", new Date(noon));
    await record("r1", "revocation", { state: "blocked" }, new Date(noon));
    await record("r1", "revocation", { state: "deploying" }, new Date(noon));
    await route(noon);
    expect((await log()).map(({ event, dueAt }) => [event, dueAt])).toEqual([
      ["release_halted", `${day}T12:00:00.000Z`],
      ["release_waiting", `${day}T23:59:00.000Z`],
    ]);
  });

  it("a replica that dies while it routes leaves nothing behind, and the next one tells it", async () => {
    await channel();
    await release("r1", "waiting");
    await evaluated("r1", null, "waiting");
    const dying = { ...gateNews, newsOf: () => Promise.reject(new Error("killed")) };
    await expect(routeNext(dying, Date.now())).rejects.toThrow("killed");
    expect(await log()).toEqual([]);
    await route();
    expect(await told()).toEqual(["release_waiting"]);
  });

  it("a sender that is killed before the answer came: sent once more, under the same key", async () => {
    await channel();
    await release("r1", "deploying");
    await record("r1", "revocation", { state: "deploying", because: "block: frozen" });
    const replica = () =>
      spawn(process.execPath, ["--import", "./register.ts", SCRIPT], {
        cwd: ROOT,
        env: { ...process.env, ...CATCHER_ENVIRONMENT, DATABASE_URL: databaseUrl },
        stdio: "inherit",
      });
    const first = replica();
    catcher.respond = () => void first.kill("SIGKILL");
    await once(first, "exit");
    catcher.respond = (response) => void response.writeHead(200).end();
    await db().$executeRaw`update notifications set leased_until = leased_until - interval '1 minute'`;
    const [exitCode] = await once(replica(), "exit");
    expect(exitCode).toBe(0);
    const keys = catcher.caught.map(({ headers }) => headers["idempotency-key"]);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
    expect(await log()).toMatchObject([{ id: keys[0], state: "sent", attempts: 2 }]);
  });
});
