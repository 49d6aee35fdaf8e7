import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { connectDatabase, db, transaction } from "#lib/server/db/client.ts";
import { settings } from "#lib/server/env.ts";
import { log } from "#lib/server/log.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { addFirstAdmin, isSetUpOpen, prepareFirstStart } from "./first-start.ts";
import { Browser, makePerson, PASSWORD } from "#lib/server/testing/account-browser.ts";

let disconnect: () => Promise<void>;
beforeEach(async () => {
  disconnect = connectDatabase(await freshDatabase());
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  Object.assign(settings().access, { admin: null });
  await disconnect();
});

/** Starts as the server does; answers the code in the log, null where none was written. */
async function start(): Promise<string | null> {
  const warn = vi.spyOn(log(), "warn").mockImplementation(() => undefined);
  warn.mockClear();
  await prepareFirstStart();
  const line = String((warn.mock.calls[0] as unknown[] | undefined)?.[1] ?? "");
  if (line) expect(line).toContain("http://localhost:3000/set-up");
  return /code (\S+)$/.exec(line)?.[1] ?? null;
}

let host = 0;
const browser = () => new Browser(`192.0.2.${(host += 1)}`);
const admin = { name: "Ada", email: "Ada@Example.org", password: PASSWORD };
const setUp = (from: Browser, code: string, more: object = {}) =>
  from.ask("POST setup", { code, ...admin, ...more });

describe("set-up", () => {
  it("makes the first administrator with the code of the log and signs them in", async () => {
    const code = await start();
    expect(code).toMatch(/^([0-9a-f]{6}-){4}[0-9a-f]{6}$/);
    const ada = browser();
    // As somebody types it who reads it off another screen.
    const answer = await setUp(ada, ` ${code!.toUpperCase().replaceAll("-", " ")} `);
    expect([answer.status, answer.body]).toEqual([200, { status: "signed_in" }]);
    const { body } = await ada.ask("GET me");
    expect(body["me"]).toMatchObject({
      name: "Ada",
      email: "ada@example.org",
      roles: ["admin"],
      mustChangePassword: false,
      hasPassword: true,
    });
    const entries = await db().auditEntry.findMany({ orderBy: { seq: "asc" } });
    expect(entries.map(({ action, actorKind }) => [action, actorKind])).toEqual([
      ["person.created", "person"],
      ["session.signed_in", "person"],
    ]);
    expect((await browser().signIn("ada@example.org", PASSWORD)).status).toBe(200);
  });

  it("keeps of the code only a hash", async () => {
    const code = await start();
    const kept = JSON.stringify(await db().verification.findMany());
    expect(kept).not.toContain(code);
    expect(kept).not.toContain(code!.replaceAll("-", ""));
  });

  it("refuses every other code, and old ones", async () => {
    const code = (await start())!;
    const off = `${code.slice(0, -1)}${code.endsWith("0") ? "1" : "0"}`;
    for (const bad of [off, "x", code.slice(0, -1), `${code}0`, "0".repeat(64)]) {
      const { status, body } = await setUp(browser(), bad);
      expect([status, body.errors?.[0]?.path]).toEqual([422, "code"]);
    }
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 7 * 86_400_000 + 1000 });
    expect((await setUp(browser(), code)).status).toBe(422);
    expect(await db().user.count()).toBe(0);
  });

  it("stops guessing", async () => {
    await start();
    const attacker = browser();
    const statuses = [];
    for (let i = 0; i < 12; i += 1) statuses.push((await setUp(attacker, `guess ${i}`)).status);
    expect(statuses).toEqual([...Array<number>(10).fill(422), 429, 429]);
  });

  it("happens once, however many ask at once", async () => {
    const code = (await start())!;
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => setUp(browser(), code, { email: `admin${i}@example.org` })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array<number>(7).fill(404)]);
    expect(await db().user.count()).toBe(1);
    expect(await isSetUpOpen()).toBe(false);
    expect((await setUp(browser(), code)).status).toBe(404);
  });

  it("happens once in replicas that have all looked before one of them began", async () => {
    const from = { requestId: "r", address: null };
    const admins = Array.from({ length: 6 }, (_, i) => `admin${i}@example.org`);
    const ids = await Promise.all(
      admins.map((email) =>
        transaction((tx) =>
          addFirstAdmin(tx, { name: "Ada", email, passwordHash: "none" }, from, () => SYSTEM_ACTOR),
        ),
      ),
    );
    expect(ids.filter((id) => id !== null)).toHaveLength(1);
    expect(await db().user.count()).toBe(1);
  });

  it("knows the codes of all replicas, and none of them afterwards", async () => {
    const [one, other] = [(await start())!, (await start())!];
    expect(one).not.toBe(other);
    expect((await setUp(browser(), one)).status).toBe(200);
    expect(await db().verification.count()).toBe(0);
  });

  it("is closed where there is somebody: nothing is logged at the next start", async () => {
    await makePerson();
    expect(await start()).toBeNull();
  });

  it.each([
    ["a short password", { password: "too short" }, "password"],
    ["no e-mail", { email: "ada" }, "email"],
    ["a name nobody can see", { name: "\u202e" }, "name"],
  ])("names the field of %s and makes nobody", async (_, more, path) => {
    const { status, body } = await setUp(browser(), (await start())!, more);
    expect([status, body.errors?.[0]?.path]).toEqual([422, path]);
    expect(await db().user.count()).toBe(0);
  });
});

describe("the administrator of the settings", () => {
  it("is made once, by several replicas too, and then left alone", async () => {
    Object.assign(settings().access, { admin: { email: "root@example.org", password: PASSWORD } });
    await Promise.all([prepareFirstStart(), prepareFirstStart(), prepareFirstStart()]);
    expect(await start()).toBeNull();
    const [person, ...others] = await db().user.findMany();
    expect(others).toEqual([]);
    expect(person).toMatchObject({ email: "root@example.org", roles: ["admin"], mustChangePassword: false });
    expect((await browser().signIn("root@example.org", PASSWORD)).status).toBe(200);
  });
});
