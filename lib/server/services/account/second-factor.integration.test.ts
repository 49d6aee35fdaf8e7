import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { settings } from "#lib/server/env.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { Browser, makeSignedIn, PASSWORD } from "#lib/server/testing/account-browser.ts";
import { authenticatorShows } from "#lib/server/testing/totp.ts";

const STEP_MS = 30_000;
const OLD_SECRET = "the-secret-of-before-the-rotation-0123456789";
const NEW_SECRET = "the-secret-of-after-the-rotation-9876543210";

let url: string;
let disconnect: () => Promise<void>;
/** Each step of the clock has a code of its own; a code is good for once. */
let nowMs = Date.parse("2026-11-20T09:00:00Z");
const nextCode = (uri: string) => {
  nowMs += 4 * STEP_MS;
  vi.setSystemTime(nowMs);
  return authenticatorShows(uri, nowMs);
};

function setSecrets(secret: string, previousSecrets: string[]): void {
  Object.assign(settings().access, { secret, previousSecrets });
  const store = globalThis as unknown as Record<symbol, unknown>;
  for (const name of ["secrets", "auth"]) delete store[Symbol.for(`burnline.${name}`)];
}

beforeAll(async () => {
  url = await freshDatabase();
  disconnect = connectDatabase(url);
});
beforeEach(() => {
  setSecrets(OLD_SECRET, []);
  vi.useFakeTimers({ toFake: ["Date"], now: nowMs });
});
afterAll(() => disconnect());
afterEach(() => vi.useRealTimers());

let host = 0;
const address = () => `203.0.113.${(host += 1)}`;

interface Start {
  uri: string;
  backupCodes: string[];
}

/** Somebody signed in who has an authenticator. */
async function withAuthenticator() {
  const { person, browser } = await makeSignedIn(address());
  const started = await browser.ask("POST account/second-factor", { password: PASSWORD });
  const start = started.body as unknown as Start;
  const confirmed = await browser.ask("POST account/second-factor/confirm", { code: nextCode(start.uri) });
  expect([started.status, confirmed.status]).toEqual([200, 200]);
  return { person, browser, ...start };
}

/** A browser that has given the right password and is asked for the second factor. */
async function halfSignedIn(email: string): Promise<Browser> {
  const browser = new Browser(address());
  expect((await browser.signIn(email, PASSWORD)).body).toEqual({ status: "second_factor" });
  return browser;
}
const second = (browser: Browser, code: string) => browser.ask("POST session/second-factor", { code });
const actionsOf = async (resourceId: string) =>
  (await db().auditEntry.findMany({ where: { resourceId }, orderBy: { seq: "asc" } })).map((e) => e.action);

describe("setting up an authenticator", () => {
  it("changes nothing until its first code is right, then changes the session's token", async () => {
    const { person, browser } = await makeSignedIn(address());
    const start = await browser.ask("POST account/second-factor", { password: PASSWORD });
    const { uri, backupCodes } = start.body as unknown as Start;
    expect(decodeURIComponent(uri)).toContain(`otpauth://totp/Burnline:${person.email}`);
    expect(new Set(backupCodes).size).toBe(10);
    expect((await new Browser(address()).signIn(person.email, PASSWORD)).body).toEqual({
      status: "signed_in",
    });

    const code = nextCode(uri);
    const wrong = code === "000000" ? "000001" : "000000";
    const refused = await browser.ask("POST account/second-factor/confirm", { code: wrong });
    expect([refused.status, refused.body.errors?.[0]?.path]).toEqual([422, "code"]);
    const before = browser.sessionCookie;
    const spaced = `${code.slice(0, 3)} ${code.slice(3)}`;
    expect((await browser.ask("POST account/second-factor/confirm", { code: spaced })).status).toBe(200);
    expect(browser.sessionCookie).not.toBe(before);
    const stolen = new Browser(address());
    stolen.cookies.set("burnline.session_token", before!);
    expect([await browser.who(), await stolen.who()]).toEqual([person.id, null]);
    expect(await actionsOf(person.id)).toEqual(["second_factor.started", "second_factor.added"]);
  });

  it("keeps nothing that can be read without our secret", async () => {
    const { person, uri, backupCodes } = await withAuthenticator();
    const row = await db().twoFactor.findFirstOrThrow({ where: { userId: person.id } });
    const text = JSON.stringify(row);
    expect(text).not.toContain(new URL(uri).searchParams.get("secret"));
    for (const code of backupCodes) expect(text).not.toContain(code);
  });

  it("asks for the password, and refuses to replace one that is set up", async () => {
    const { browser } = await withAuthenticator();
    const start = (password: string) => browser.ask("POST account/second-factor", { password });
    expect((await start(PASSWORD)).status).toBe(409);
    const fresh = (await makeSignedIn(address())).browser;
    const refused = await fresh.ask("POST account/second-factor", { password: "something else" });
    expect([refused.status, refused.body.errors?.[0]?.path]).toEqual([422, "password"]);
    expect((await fresh.ask("POST account/second-factor/confirm", { code: "123456" })).status).toBe(409);
  });

  it("is undone with the password, which changes the token as well", async () => {
    const { person, browser } = await withAuthenticator();
    const before = browser.sessionCookie;
    expect((await browser.ask("POST account/second-factor/remove", { password: "wrong one" })).status).toBe(
      422,
    );
    expect((await browser.ask("POST account/second-factor/remove", { password: PASSWORD })).status).toBe(200);
    expect(browser.sessionCookie).not.toBe(before);
    expect(await browser.who()).toBe(person.id);
    expect((await new Browser(address()).signIn(person.email, PASSWORD)).body).toEqual({
      status: "signed_in",
    });
    expect((await actionsOf(person.id)).at(-1)).toBe("second_factor.removed");
  });
});

describe("signing in with an authenticator", () => {
  it("takes both steps: the password alone opens nothing", async () => {
    const { person, uri } = await withAuthenticator();
    const browser = await halfSignedIn(person.email);
    expect(await browser.who()).toBeNull();
    expect((await second(browser, nextCode(uri))).body).toEqual({ status: "signed_in" });
    expect(await browser.who()).toBe(person.id);
    const session = await db().session.findFirstOrThrow({
      where: { userId: person.id, ipAddress: browser.address },
    });
    expect(await actionsOf(session.id)).toEqual(["session.signed_in"]);
  });

  it("takes a code once: who looked over a shoulder cannot use it again", async () => {
    const { person, uri } = await withAuthenticator();
    const [owner, thief] = [await halfSignedIn(person.email), await halfSignedIn(person.email)];
    const code = nextCode(uri);
    expect((await second(owner, code)).status).toBe(200);
    const refused = await second(thief, code);
    expect([refused.status, refused.body.errors?.[0]?.path]).toEqual([401, "code"]);
    expect(await thief.who()).toBeNull();
    expect((await second(thief, nextCode(uri))).status).toBe(200);
  });

  it("takes a backup code once", async () => {
    const { person, backupCodes } = await withAuthenticator();
    const code = backupCodes[3]!;
    expect((await second(await halfSignedIn(person.email), code)).status).toBe(200);
    expect((await second(await halfSignedIn(person.email), code)).status).toBe(401);
    expect((await second(await halfSignedIn(person.email), backupCodes[4]!)).status).toBe(200);
  });

  it("stops guessing within a few codes, at the challenge and at the account", async () => {
    const { person } = await withAuthenticator();
    const guesses = ["111111", "222222", "333333", "444444", "555555", "666666"];
    const statuses: number[] = [];
    const browser = await halfSignedIn(person.email);
    for (const code of guesses) statuses.push((await second(browser, code)).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401]);
    // The sixth ended the challenge: even the right code would not do now.
    const over = await second(browser, "777777");
    expect([over.status, over.body.errors]).toEqual([401, undefined]);
    const answers = await Promise.all(
      Array.from({ length: 12 }, async (_, i) => second(await halfSignedIn(person.email), `12340${i % 10}`)),
    );
    expect(answers.some(({ body }) => body.detail?.includes("15 minutes"))).toBe(true);
    expect(await db().session.count({ where: { userId: person.id } })).toBe(1);
  });

  it("does not lean on a session that was there before: its owner's code signs in nobody else", async () => {
    const mallory = await withAuthenticator();
    const { person } = await withAuthenticator();
    const browser = await halfSignedIn(person.email);
    browser.cookies.set("burnline.session_token", mallory.browser.sessionCookie!);
    const answer = await second(browser, nextCode(mallory.uri));
    expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([401, "code"]);
    const without = await second(mallory.browser, nextCode(mallory.uri));
    expect([without.status, without.body.errors]).toEqual([401, undefined]);
  });

  it("keeps out who was disabled between the two steps", async () => {
    const { person, uri } = await withAuthenticator();
    const browser = await halfSignedIn(person.email);
    await db().session.deleteMany({ where: { userId: person.id } });
    await db().user.update({ where: { id: person.id }, data: { disabledAt: new Date() } });
    expect((await second(browser, nextCode(uri))).status).toBe(401);
    expect(await db().session.count({ where: { userId: person.id } })).toBe(0);
  });

  it("cannot be finished once the password has changed", async () => {
    const { person, browser, uri } = await withAuthenticator();
    const thief = await halfSignedIn(person.email);
    const change = { current: PASSWORD, next: "another password of mine" };
    expect((await browser.ask("POST account/password", change)).status).toBe(200);
    expect((await second(thief, nextCode(uri))).status).toBe(401);
    expect(await thief.who()).toBeNull();
  });
});

describe("a rotation of the secret", () => {
  it("leaves authenticators and backup codes working while the old one is known", async () => {
    const { person, uri, backupCodes } = await withAuthenticator();
    setSecrets(NEW_SECRET, [OLD_SECRET]);
    expect((await second(await halfSignedIn(person.email), nextCode(uri))).status).toBe(200);
    expect((await second(await halfSignedIn(person.email), backupCodes[0]!)).status).toBe(200);
  });

  it("ends the sessions of before", async () => {
    const { browser } = await withAuthenticator();
    setSecrets(NEW_SECRET, [OLD_SECRET]);
    expect(await browser.who()).toBeNull();
  });

  it("without the old one nothing can be verified, and nobody gets in", async () => {
    const { person, uri } = await withAuthenticator();
    setSecrets(NEW_SECRET, []);
    const browser = await halfSignedIn(person.email);
    expect((await second(browser, nextCode(uri))).status).toBe(500);
    expect(await browser.who()).toBeNull();
  });
});

describe("a code that was used", () => {
  it("is not good again beside a cookie that only looks like the challenge's", async () => {
    const { person, uri } = await withAuthenticator();
    const code = nextCode(uri);
    expect((await second(await halfSignedIn(person.email), code)).status).toBe(200);
    for (const decoy of ["zburnline.two_factor", "__Secure-burnline.two_factor"]) {
      for (const value of ["decoy", "%E0%A4%A"]) {
        const browser = await halfSignedIn(person.email);
        const challenge = [...browser.cookies];
        browser.cookies.clear();
        for (const [name, kept] of [[decoy, value] as const, ...challenge]) browser.cookies.set(name, kept);
        expect((await second(browser, code)).status).toBe(401);
      }
    }
  });

  it("is not good to sign in with after it confirmed the authenticator, nor after a restart", async () => {
    const { person, browser } = await makeSignedIn(address());
    const { body } = await browser.ask("POST account/second-factor", { password: PASSWORD });
    const { uri } = body as unknown as Start;
    const code = nextCode(uri);
    expect((await browser.ask("POST account/second-factor/confirm", { code })).status).toBe(200);
    // What a restart would forget is what this process keeps in memory.
    const store = globalThis as unknown as Record<symbol, unknown>;
    for (const key of Object.getOwnPropertySymbols(store)) {
      if (key.description?.startsWith("burnline.rate-limit")) delete store[key];
    }
    expect((await second(await halfSignedIn(person.email), code)).status).toBe(401);
    expect((await second(await halfSignedIn(person.email), nextCode(uri))).status).toBe(200);
  });
});
