import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { hashToken, newTokenSecret } from "#lib/server/auth/token-secret.ts";
import { hasher } from "#lib/server/auth/hasher.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { Browser, makePerson, makeSignedIn, PASSWORD } from "#lib/server/testing/account-browser.ts";

let disconnect: () => Promise<void>;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
});
afterAll(() => disconnect());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

let lastHost = 0;
/** An address that no other test uses. */
const address = () => `198.51.${Math.floor((lastHost += 1) / 250)}.${lastHost % 250}`;
const wrong = "not the password at all";
const records = (resourceId: string) =>
  db().auditEntry.findMany({ where: { resourceId }, include: { personal: true }, orderBy: { seq: "asc" } });

describe("sign-in", () => {
  it("lets in with the right password, whatever the e-mail's capitals, and puts it on record", async () => {
    const person = await makePerson();
    const browser = new Browser(address());
    const answer = await browser.signIn(person.email.toUpperCase(), PASSWORD);
    expect([answer.status, answer.body]).toEqual([200, { status: "signed_in" }]);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Lax/);
    expect(await browser.who()).toBe(person.id);
    const session = await db().session.findFirstOrThrow({ where: { userId: person.id } });
    expect(session).toMatchObject({ ipAddress: browser.address, userAgent: "test" });
    expect(await records(session.id)).toMatchObject([
      { action: "session.signed_in", actorId: person.id, after: { method: "password" } },
    ]);
  });

  it("answers alike, after as much work, for accounts that are wrong in any way", async () => {
    const [known, disabled, without] = [
      await makePerson(),
      await makePerson({ disabledAt: new Date() }),
      await makePerson({ withoutPassword: true }),
    ];
    const attempts: [string, string, string][] = [
      [known.email, wrong, known.id],
      ["nobody@example.org", PASSWORD, "unknown"],
      [disabled.email, PASSWORD, disabled.id],
      [disabled.email, wrong, disabled.id],
      [without.email, PASSWORD, without.id],
    ];
    const answers = [];
    for (const [email, typed, id] of attempts) {
      const hashed = vi.spyOn(hasher(), "derive");
      const browser = new Browser(address());
      const before = await db().auditEntry.count();
      const { status, body, headers } = await browser.signIn(email, typed);
      // The time a refusal takes is the hash's: one of each, whoever is asked for.
      expect(hashed).toHaveBeenCalledTimes(1);
      hashed.mockRestore();
      const { requestId, ...shown } = body;
      expect(requestId).toBeDefined();
      answers.push({ status, shown, cookies: headers.getSetCookie(), names: [...headers.keys()] });
      expect(browser.cookies.size).toBe(0);
      expect(await db().auditEntry.count()).toBe(before + 1);
      const [record] = await db().auditEntry.findMany({ orderBy: { seq: "desc" }, take: 1 });
      expect(record).toMatchObject({ action: "session.refused", actorId: "unknown", resourceId: id });
    }
    expect(answers[0]).toMatchObject({
      status: 401,
      shown: { detail: "the e-mail or the password is wrong" },
      cookies: [],
    });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await db().session.count({ where: { userId: { in: [disabled.id, without.id] } } })).toBe(0);
  });

  it("names the fields of what is no sign-in at all", async () => {
    const { status, body } = await new Browser(address()).ask("POST session", { email: "x", password: "" });
    expect(status).toBe(422);
    expect(body.errors?.map(({ path }) => path)).toEqual(["email", "password"]);
  });

  it("ends the new session when it cannot be put on record", async () => {
    const person = await makePerson();
    const browser = new Browser(address());
    vi.spyOn(db(), "$transaction").mockRejectedValueOnce(new Error("no record"));
    expect((await browser.signIn(person.email, PASSWORD)).status).toBe(500);
    expect(browser.cookies.size).toBe(0);
    expect(await db().session.count({ where: { userId: person.id } })).toBe(0);
  });
});

describe("session fixation", () => {
  it("never adopts a session that was there before: the planted one stays its owner's", async () => {
    const { browser: attacker, person: mallory } = await makeSignedIn(address());
    const victim = await makePerson();
    const browser = new Browser(address());
    browser.cookies.set("burnline.session_token", attacker.sessionCookie!);
    await browser.signIn(victim.email, PASSWORD);
    expect(browser.sessionCookie).not.toBe(attacker.sessionCookie);
    expect(await browser.who()).toBe(victim.id);
    expect(await attacker.who()).toBe(mallory.id);
  });

  it("takes no token that it did not give", async () => {
    const browser = new Browser(address());
    browser.cookies.set("burnline.session_token", "chosen-by-somebody.c2lnbmF0dXJl");
    expect(await browser.who()).toBeNull();
    const person = await makePerson();
    await browser.signIn(person.email, PASSWORD);
    expect(browser.sessionCookie).not.toContain("chosen-by-somebody");
  });
});

describe("brute force", () => {
  it("stops guessing from one address, also when all guesses come at once, and says when to try again", async () => {
    const person = await makePerson();
    const attacker = new Browser(address());
    const answers = await Promise.all(Array.from({ length: 20 }, () => attacker.signIn(person.email, wrong)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(8);
    const refused = answers.find(({ status }) => status === 429);
    expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(refused?.body.retryAfterSeconds).toBe(Number(refused?.headers.get("retry-after")));
    // The right password makes no difference now, and tells nothing.
    expect((await attacker.signIn(person.email, PASSWORD)).status).toBe(429);
    // Its owner, elsewhere, is not kept out.
    expect((await new Browser(address()).signIn(person.email, PASSWORD)).status).toBe(200);
  });

  it("stops guessing from many addresses, but not its owner at an address it knows", async () => {
    const { person, browser: home } = await makeSignedIn(address());
    const guess = () => new Browser(address()).signIn(person.email, wrong);
    const statuses = [];
    for (let i = 0; i < 42; i += 1) statuses.push((await guess()).status);
    // Forty in all, its own first sign-in being one of them.
    expect(statuses.filter((status) => status === 401)).toHaveLength(39);
    expect(statuses.at(-1)).toBe(429);
    expect((await home.signIn(person.email, PASSWORD)).status).toBe(200);
  });

  it("does not tell by its limits which accounts exist", async () => {
    const known = await makePerson();
    const [a, b] = [new Browser(address()), new Browser(address())];
    for (let i = 0; i < 9; i += 1) {
      const one = await a.signIn(known.email, wrong);
      const other = await b.signIn("missing@example.org", wrong);
      expect(one.status).toBe(other.status);
    }
  });

  it("makes those wait who send bad tokens all the time, and not those with a good one", async () => {
    const person = await makePerson({ roles: ["admin"] });
    const secret = newTokenSecret();
    await db().apiToken.create({
      data: {
        id: person.id,
        name: "t",
        hash: hashToken(secret),
        hint: "0",
        ownerId: person.id,
        role: "viewer",
        scopes: ["read"],
      },
    });
    const client = new Browser(address());
    client.headers = { authorization: `Bearer ${newTokenSecret()}` };
    const statuses = [];
    for (let i = 0; i < 61; i += 1) statuses.push((await client.ask("GET me")).status);
    expect(new Set(statuses.slice(0, 60))).toEqual(new Set([401]));
    expect(statuses[60]).toBe(429);
    client.headers = { authorization: `Bearer ${secret}` };
    expect((await client.ask("GET me")).status).toBe(200);
  });
});

describe("a session", () => {
  it("of a person who was disabled or deleted is worth nothing at the next request, nor is their token", async () => {
    for (const end of [
      (id: string) => db().user.update({ where: { id }, data: { disabledAt: new Date() } }),
      (id: string) => db().user.delete({ where: { id } }),
    ]) {
      const { person, browser } = await makeSignedIn(address());
      const secret = newTokenSecret();
      const data = { id: person.id, name: "t", hash: hashToken(secret), hint: "0", ownerId: person.id };
      await db().apiToken.create({ data: { ...data, role: "viewer", scopes: ["read"] } });
      const client = new Browser(address());
      client.headers = { authorization: `Bearer ${secret}` };
      expect([await browser.who(), await client.who()]).toEqual([person.id, person.id]);
      await end(person.id);
      expect(await browser.who()).toBeNull();
      expect((await browser.ask("GET account/sessions")).status).toBe(401);
      expect((await client.ask("GET me")).status).toBe(401);
    }
  });

  it("loses a role with the next request", async () => {
    const { person, browser } = await makeSignedIn(address(), { roles: ["admin"] });
    const roles = async () => ((await browser.ask("GET me")).body["me"] as { roles: string[] }).roles;
    expect(await roles()).toEqual(["admin"]);
    await db().user.update({ where: { id: person.id }, data: { roles: ["viewer"] } });
    expect(await roles()).toEqual(["viewer"]);
  });

  it("expires after a week without use, and lives on while it is used", async () => {
    const day = 86_400_000;
    const { person, browser } = await makeSignedIn(address());
    const startMs = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now: startMs + 6 * day });
    expect(await browser.who()).toBe(person.id);
    vi.setSystemTime(startMs + 12 * day);
    expect(await browser.who()).toBe(person.id);
    vi.setSystemTime(startMs + 19 * day + 1000);
    expect(await browser.who()).toBeNull();
  });

  it("ends by signing out, and the browser forgets it", async () => {
    const { person, browser } = await makeSignedIn(address());
    const kept = new Browser(browser.address);
    kept.cookies.set("burnline.session_token", browser.sessionCookie!);
    const { id } = await db().session.findFirstOrThrow({ where: { userId: person.id } });
    expect((await browser.ask("DELETE session")).body).toEqual({ done: true });
    expect(browser.sessionCookie).toBeUndefined();
    expect(await kept.who()).toBeNull();
    expect((await records(id)).map(({ action }) => action)).toEqual([
      "session.signed_in",
      "session.signed_out",
    ]);
    expect((await kept.ask("DELETE session")).status).toBe(200);
  });

  it("is listed for its owner, can be revoked by its owner alone, and all of them at once", async () => {
    const { person, browser: here } = await makeSignedIn(address());
    const there = new Browser(address());
    await there.signIn(person.email, PASSWORD);
    type Listed = { id: string; current: boolean; address: string };
    const list = async () => (await here.ask("GET account/sessions")).body["sessions"] as Listed[];
    const other = (await list()).find(({ current }) => !current)!;
    expect(await list()).toHaveLength(2);
    expect(other.address).toBe(there.address);

    const { browser: stranger } = await makeSignedIn(address(), { roles: ["admin"] });
    const revoke = (browser: Browser) =>
      browser.ask("DELETE account/sessions/{session}", {}, { session: other.id });
    expect((await revoke(stranger)).status).toBe(404);
    expect(await there.who()).toBe(person.id);
    expect((await revoke(here)).status).toBe(200);
    expect(await there.who()).toBeNull();
    expect(await list()).toHaveLength(1);

    await there.signIn(person.email, PASSWORD);
    expect((await here.ask("DELETE account/sessions")).status).toBe(200);
    expect([await here.who(), await there.who(), here.sessionCookie]).toEqual([null, null, undefined]);
  });
});
