import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GET as finish } from "../../../../app/api/auth/callback/oidc/route.ts";
import { POST as begin } from "../../../../app/api/v1/session/oidc/route.ts";
import { authenticate } from "#lib/server/auth/authenticate.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { type App, Browser } from "./testing/browser.ts";
import { CLIENT, type RealIssuer, startIssuer } from "./testing/real-issuer.ts";
import { useSettings } from "./testing/use-settings.ts";

const ORIGIN = "http://localhost:3999";
const CALLBACK = `${ORIGIN}/api/auth/callback/oidc`;
const APP: App = { origin: ORIGIN, begin, finish };

function configure(issuer: string): void {
  useSettings({
    PORT: "3999",
    BURNLINE_SECRET: "a secret of thirty-two characters or more",
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    OIDC_SCOPES: "openid profile email groups",
    OIDC_ROLES: "ops=sre;looks=viewer;cn=admins,dc=example=admin",
    LOG_LEVEL: "fatal",
  });
}

let issuer: RealIssuer;
let disconnect: () => Promise<void>;
beforeAll(async () => {
  issuer = await startIssuer({ callback: CALLBACK, claimsInIdToken: true });
  configure(issuer.url);
  disconnect = connectDatabase(await freshDatabase());
});
afterAll(async () => {
  await disconnect();
  await issuer.close();
});

beforeEach(async () => {
  configure(issuer.url);
  await db().user.deleteMany();
  await db().user.create({
    data: { id: "first", name: "First", email: "first@example.org", roles: ["admin"] },
  });
  issuer.people.clear();
  issuer.people.set("s1", {
    name: "Ada",
    email: "Ada@Example.org",
    email_verified: true,
    groups: ["ops", "other"],
  });
});

const locationOf = (response: Response) => response.headers.get("location");
const sessionCookie = (browser: Browser) => browser.jar(ORIGIN).get("burnline.session_token");
function whoIs(browser: Browser) {
  const cookie = [...browser.jar(ORIGIN)].map(([name, value]) => `${name}=${value}`).join("; ");
  return authenticate(new Headers({ cookie }));
}
const lastRecord = () => db().auditEntry.findFirst({ orderBy: { seq: "desc" } });

describe("the whole way through a real issuer", () => {
  it("lets somebody in with the roles of their groups and goes on to where they wanted", async () => {
    const browser = new Browser(APP);
    const response = await browser.signIn("s1", { next: "/services?q=pay#top" });
    expect([response.status, locationOf(response)]).toEqual([303, "/services?q=pay#top"]);
    const person = await db().user.findUniqueOrThrow({ where: { email: "ada@example.org" } });
    expect(person).toMatchObject({ name: "Ada", roles: ["sre"], emailVerified: true });
    expect(await whoIs(browser)).toMatchObject({ kind: "person", id: person.id, roles: ["sre"] });
    expect(browser.jar(ORIGIN).has("burnline.oidc")).toBe(false);
    expect(await lastRecord()).toMatchObject({
      action: "session.signed_in",
      actorId: person.id,
      after: { method: "oidc" },
    });
  });
});
