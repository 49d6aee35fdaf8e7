import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { Browser, makeSignedIn, PASSWORD } from "#lib/server/testing/account-browser.ts";

let disconnect: () => Promise<void>;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
});
afterAll(() => disconnect());

let host = 0;
const address = () => `192.0.2.${(host += 1)}`;
const NEXT = "an entirely new password";
const change = (browser: Browser, current: string, next: string) =>
  browser.ask("POST account/password", { current, next });

describe("change-password", () => {
  it("ends every session, the one it was asked from too, and gives this browser a new one", async () => {
    const { person, browser } = await makeSignedIn(address());
    const other = new Browser(address());
    await other.signIn(person.email, PASSWORD);
    const stolen = new Browser(address());
    stolen.cookies.set("burnline.session_token", browser.sessionCookie!);
    expect((await change(browser, PASSWORD, NEXT)).body).toEqual({ done: true });
    expect([await browser.who(), await other.who(), await stolen.who()]).toEqual([person.id, null, null]);
    expect((await other.signIn(person.email, PASSWORD)).status).toBe(401);
    expect((await other.signIn(person.email, NEXT)).status).toBe(200);
    const [record] = await db().auditEntry.findMany({ where: { resourceId: person.id } });
    expect(record).toMatchObject({ action: "password.changed", actorId: person.id });
  });

  it("is the one thing that somebody with a given first password may do, and frees them", async () => {
    const { browser } = await makeSignedIn(address(), { roles: ["admin"], mustChangePassword: true });
    const must = async () =>
      ((await browser.ask("GET me")).body["me"] as { mustChangePassword: boolean }).mustChangePassword;
    expect(await must()).toBe(true);
    expect((await change(browser, PASSWORD, NEXT)).status).toBe(200);
    expect(await must()).toBe(false);
  });

  it.each([
    ["a wrong current one", "not this one", NEXT, "current"],
    ["the same one again", PASSWORD, PASSWORD, "next"],
    ["a short one", PASSWORD, "elevenchars", "next"],
  ])("refuses %s and changes nothing", async (_, current, next, path) => {
    const { person, browser } = await makeSignedIn(address());
    const { status, body } = await change(browser, current, next);
    expect([status, body.errors?.[0]?.path]).toEqual([422, path]);
    expect(await browser.who()).toBe(person.id);
    expect((await new Browser(address()).signIn(person.email, PASSWORD)).status).toBe(200);
  });

  it("happens once when asked for twice at once", async () => {
    const { person, browser } = await makeSignedIn(address());
    const twin = new Browser(address());
    twin.cookies.set("burnline.session_token", browser.sessionCookie!);
    const answers = await Promise.all([
      change(browser, PASSWORD, NEXT),
      change(twin, PASSWORD, "yet another password"),
    ]);
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses[0]).toBe(200);
    expect(statuses[1]).toBeGreaterThan(400);
    expect(await db().session.count({ where: { userId: person.id } })).toBe(1);
  });

  it("does not let a stolen session guess the password", async () => {
    const { browser } = await makeSignedIn(address());
    const statuses = [];
    for (let i = 0; i < 10; i += 1) statuses.push((await change(browser, `guess ${i}`, NEXT)).status);
    expect(statuses).toEqual([...Array<number>(8).fill(422), 429, 429]);
  });
});
