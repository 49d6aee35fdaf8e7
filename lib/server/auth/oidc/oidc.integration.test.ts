import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { type RealIssuer, startIssuer } from "./testing/real-issuer.ts";
import {
  ADMINS,
  CALLBACK,
  configure,
  emptyHouse,
  lastRecord,
  locationOf,
  newBrowser,
  ORIGIN,
  personOf,
  sessionOf,
  whoIs,
} from "./testing/setting.ts";

const PROBLEM = "/sign-in?problem=";

let issuer: RealIssuer;
let disconnect: () => Promise<void>;
beforeAll(async () => {
  issuer = await startIssuer({ callback: CALLBACK });
  disconnect = connectDatabase(await freshDatabase());
});
afterAll(async () => {
  await disconnect();
  await issuer.close();
});

const ADA = { name: "Ada", email: "Ada@Example.org", email_verified: true };
beforeEach(async () => {
  configure(issuer.url);
  await emptyHouse();
  issuer.people.clear();
  issuer.people.set("ada", { ...ADA, groups: ["ops", "other"] });
});

async function localAda(more: { disabledAt?: Date; roles?: string[]; withPassword?: true } = {}) {
  const { withPassword, roles = ["release_manager"], ...fields } = more;
  const account = { id: "a", accountId: "local", providerId: "credential", password: "x" };
  const accounts = withPassword ? { create: account } : {};
  const data = { id: "local", name: "Local", email: "ada@example.org", roles, ...fields, accounts };
  return db().user.create({ data });
}

describe("the whole way through a real issuer", () => {
  it.each([
    ["userinfo", false],
    ["the ID token", true],
  ])("takes the groups from %s and goes on to where somebody wanted", async (_, claimsInIdToken) => {
    const own = await startIssuer({ callback: CALLBACK, claimsInIdToken });
    own.people.set("ada", issuer.people.get("ada")!);
    configure(own.url);
    const browser = newBrowser();
    const response = await browser.signIn("ada", { next: "/services?q=pay#top" });
    await own.close();
    expect([response.status, locationOf(response)]).toEqual([303, "/services?q=pay#top"]);
    const person = await personOf("ada@example.org");
    expect(person).toMatchObject({ name: "Ada", roles: ["sre"], emailVerified: true });
    expect(await whoIs(browser)).toMatchObject({ kind: "person", id: person?.id, roles: ["sre"] });
    expect(browser.jar(ORIGIN).has("burnline.oidc")).toBe(false);
    expect(await lastRecord()).toMatchObject({
      action: "session.signed_in",
      actorId: person?.id,
      after: { method: "oidc" },
    });
  });

  it("takes over the groups at each sign-in: a group lost is a role lost, also for sessions that run", async () => {
    issuer.people.set("ada", { ...ADA, groups: ["ops", ADMINS] });
    const first = newBrowser();
    await first.signIn("ada");
    expect((await whoIs(first))?.roles).toEqual(["sre", "admin"]);
    issuer.people.set("ada", { ...ADA, groups: "looks" });
    const second = newBrowser();
    await second.signIn("ada");
    expect((await whoIs(first))?.roles).toEqual(["viewer"]);
    expect(await db().user.count()).toBe(2);
    const change = await db().auditEntry.findFirst({
      where: { action: "person.changed" },
      orderBy: { seq: "desc" },
    });
    expect(change).toMatchObject({
      before: { roles: ["sre", "admin"] },
      after: { roles: ["viewer"], with: "oidc" },
    });
  });

  it("keeps out who has no group with a role, whether known or new", async () => {
    await newBrowser().signIn("ada");
    for (const login of ["ada", "bob"]) {
      issuer.people.set(login, { ...ADA, email: `${login}@example.org`, groups: ["other"] });
      const browser = newBrowser();
      expect(locationOf(await browser.signIn(login))).toBe(`${PROBLEM}no_role`);
      expect(sessionOf(browser)).toBeUndefined();
      expect(await lastRecord()).toMatchObject({
        action: "session.refused",
        after: { step: "oidc", reason: "no_role" },
      });
    }
    expect(await personOf("bob@example.org")).toBeNull();
  });

  it("keeps out who refuses at the issuer, and who has no address", async () => {
    issuer.people.set("ada", { groups: ["ops"] });
    expect(locationOf(await newBrowser().signIn("ada"))).toBe(`${PROBLEM}no_email`);
    const browser = newBrowser();
    const { url } = (await (await browser.begin()).json()) as { url: string };
    const query = new URLSearchParams({
      error: "access_denied",
      state: new URL(url).searchParams.get("state")!,
      iss: issuer.url,
    });
    expect(locationOf(await browser.finish(`${CALLBACK}?${query}`))).toBe(`${PROBLEM}issuer_refused`);
  });
});

describe("an account that exists with the same address", () => {
  it("is linked when the issuer has verified the address, and gets the groups' roles", async () => {
    await localAda({ withPassword: true });
    const browser = newBrowser();
    expect(locationOf(await browser.signIn("ada"))).toBe("/");
    expect(await whoIs(browser)).toMatchObject({ id: "local", roles: ["sre"] });
  });

  it.each([false, undefined, "true"])("is never linked when email_verified is %s", async (email_verified) => {
    await localAda();
    issuer.people.set("ada", { ...ADA, email_verified, groups: [ADMINS] });
    const browser = newBrowser();
    expect(locationOf(await browser.signIn("ada"))).toBe(`${PROBLEM}email_taken`);
    expect(sessionOf(browser)).toBeUndefined();
    expect(await personOf("ada@example.org")).toMatchObject({ roles: ["release_manager"] });
    expect(await db().account.count()).toBe(0);
  });

  it("is not shared with whoever took the address at the issuer before it was verified", async () => {
    issuer.people.set("mallory", { ...ADA, email_verified: false, groups: ["looks"] });
    const mallory = newBrowser();
    await mallory.signIn("mallory");
    expect((await whoIs(mallory))?.roles).toEqual(["viewer"]);
    expect(locationOf(await newBrowser().signIn("ada"))).toBe(`${PROBLEM}email_taken`);
    expect((await whoIs(mallory))?.roles).toEqual(["viewer"]);
  });

  it("is not opened by the same subject of another issuer", async () => {
    await newBrowser().signIn("ada");
    const other = await startIssuer({ callback: CALLBACK });
    other.people.set("ada", { email: "eve@example.org", email_verified: true, groups: ["looks"] });
    configure(other.url);
    const browser = newBrowser();
    await browser.signIn("ada");
    await other.close();
    expect((await whoIs(browser))?.id).toBe((await personOf("eve@example.org"))?.id);
  });

  it("stays shut when it is disabled", async () => {
    await localAda({ disabledAt: new Date() });
    expect(locationOf(await newBrowser().signIn("ada"))).toBe(`${PROBLEM}disabled`);
    await db().user.deleteMany({ where: { id: "local" } });
    await newBrowser().signIn("ada");
    await db().user.updateMany({ where: { email: "ada@example.org" }, data: { disabledAt: new Date() } });
    const browser = newBrowser();
    expect(locationOf(await browser.signIn("ada"))).toBe(`${PROBLEM}disabled`);
    expect(sessionOf(browser)).toBeUndefined();
  });

  it("keeps the last admin who has a password from demoting themselves", async () => {
    await db().user.deleteMany();
    await localAda({ roles: ["admin"], withPassword: true });
    const browser = newBrowser();
    await browser.signIn("ada");
    expect((await whoIs(browser))?.roles).toEqual(["sre", "admin"]);
  });
});

describe("the first person of all", () => {
  it("may be an admin, who closes the set-up page, and nobody else", async () => {
    await db().user.deleteMany();
    const code = { id: "c", identifier: "first-start", value: "h", expiresAt: new Date(Date.now() + 60_000) };
    await db().verification.create({ data: code });
    expect(locationOf(await newBrowser().signIn("ada"))).toBe(`${PROBLEM}no_admin_yet`);
    issuer.people.set("ada", { ...ADA, groups: [ADMINS] });
    const browser = newBrowser();
    expect(locationOf(await browser.signIn("ada"))).toBe("/");
    expect((await whoIs(browser))?.roles).toEqual(["admin"]);
    expect(await db().verification.count({ where: { identifier: "first-start" } })).toBe(0);
  });
});

describe("an issuer that is down", () => {
  it("is told in words, and found as soon as it is up", async () => {
    const gone = await startIssuer({ callback: CALLBACK });
    const port = Number(new URL(gone.url).port);
    await gone.close();
    configure(gone.url);
    const refused = await newBrowser().begin();
    expect(refused.status).toBe(502);
    expect(await refused.json()).toMatchObject({
      code: "upstream_unavailable",
      detail: `the sign-in service 127.0.0.1:${port} cannot be reached: ECONNREFUSED`,
    });
    const back = await startIssuer({ callback: CALLBACK, port });
    back.people.set("ada", issuer.people.get("ada")!);
    const browser = newBrowser();
    expect(locationOf(await browser.signIn("ada"))).toBe("/");
    const { url } = (await (await browser.begin()).json()) as { url: string };
    const answer = await browser.throughIssuer(url, "ada");
    await back.close();
    expect(locationOf(await browser.finish(answer))).toBe(`${PROBLEM}issuer_unreachable`);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 16_000 });
    const later = await newBrowser().begin().finally(vi.useRealTimers);
    expect(later.status).toBe(502);
  });

  it("is no question without an issuer in the settings", async () => {
    configure("");
    expect((await newBrowser().begin()).status).toBe(404);
    expect(locationOf(await newBrowser().finish(`${CALLBACK}?code=c&state=s`))).toBe(`${PROBLEM}unavailable`);
  });
});
