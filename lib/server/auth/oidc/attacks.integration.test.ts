import { createHmac } from "node:crypto";
import { exportSPKI, generateKeyPair, type JWTPayload } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import type { Browser } from "./testing/browser.ts";
import { type FakeIssuer, startFakeIssuer } from "./testing/fake-issuer.ts";
import { type RealIssuer, startIssuer } from "./testing/real-issuer.ts";
import {
  CALLBACK,
  CLIENT,
  configure,
  emptyHouse,
  locationOf,
  newBrowser,
  ORIGIN,
  sessionOf,
  whoIs,
} from "./testing/setting.ts";

const PROBLEM = "/sign-in?problem=";

let real: RealIssuer;
let fake: FakeIssuer;
let disconnect: () => Promise<void>;
beforeAll(async () => {
  [real, fake] = await Promise.all([startIssuer({ callback: CALLBACK }), startFakeIssuer()]);
  disconnect = connectDatabase(await freshDatabase());
});
afterAll(async () => {
  await disconnect();
  await Promise.all([real.close(), fake.close()]);
});
beforeEach(async () => {
  await emptyHouse();
  delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for("burnline.oidc.issuers")];
  fake.answers.clear();
  fake.asked.length = 0;
  for (const login of ["ada", "mallory"]) {
    real.people.set(login, { email: `${login}@example.org`, email_verified: true, groups: ["ops"] });
  }
});

async function beginAt(browser: Browser, body: Record<string, unknown> = {}): Promise<URL> {
  const response = await browser.begin(body);
  if (response.status !== 200) throw new Error(await response.text());
  return new URL(((await response.json()) as { url: string }).url);
}

async function expectOutside(browser: Browser, response: Response, problem: string): Promise<void> {
  expect(locationOf(response)).toBe(`${PROBLEM}${problem}`);
  expect(sessionOf(browser)).toBeUndefined();
  expect(await db().session.count()).toBe(0);
}

describe("the answer of the issuer", () => {
  beforeEach(() => configure(real.url));

  it("is refused in a browser that began nothing", async () => {
    const victim = newBrowser();
    const answer = await victim.throughIssuer((await beginAt(victim)).href, "mallory");
    const other = newBrowser();
    await expectOutside(other, await other.finish(answer), "sign_in_lapsed");
  });

  it("is refused in a browser that began another sign-in: nobody is signed in as somebody else", async () => {
    const mallory = newBrowser();
    const answer = await mallory.throughIssuer((await beginAt(mallory)).href, "mallory");
    const victim = newBrowser();
    await beginAt(victim);
    await expectOutside(victim, await victim.finish(answer), "sign_in_lapsed");
  });

  it("is refused with a cookie that we did not sign", async () => {
    const browser = newBrowser();
    const begun = await beginAt(browser);
    const answer = await browser.throughIssuer(begun.href, "ada");
    const [head, body = ""] = browser.jar(ORIGIN).get("burnline.oidc")!.split(".");
    const payload = JSON.parse(Buffer.from(body, "base64url").toString()) as Record<string, unknown>;
    const forged = Buffer.from(JSON.stringify({ ...payload, next: "/forged" })).toString("base64url");
    const signature = createHmac("sha256", "guessed").update(`${head}.${forged}`).digest("base64url");
    browser.jar(ORIGIN).set("burnline.oidc", `${head}.${forged}.${signature}`);
    await expectOutside(browser, await browser.finish(answer), "sign_in_lapsed");
  });

  it("carries a code that only the browser with the verifier can use (PKCE)", async () => {
    const ada = newBrowser();
    const stolen = new URL(await ada.throughIssuer((await beginAt(ada)).href, "ada"));
    const mallory = newBrowser();
    const own = await beginAt(mallory);
    stolen.searchParams.set("state", own.searchParams.get("state")!);
    await expectOutside(mallory, await mallory.finish(stolen.href), "issuer_refused");
  });

  it("gives a new session, whatever session was planted before", async () => {
    const mallory = newBrowser();
    await mallory.signIn("mallory");
    const planted = sessionOf(mallory)!;
    const victim = newBrowser();
    victim.jar(ORIGIN).set("burnline.session_token", planted);
    await victim.signIn("ada");
    expect(sessionOf(victim)).not.toBe(planted);
    expect((await whoIs(mallory))?.id).not.toBe((await whoIs(victim))?.id);
  });

  it.each([
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/.//evil.example",
    "/x/..//evil.example",
    "javascript:alert(1)",
    "@evil.example",
    " //evil.example",
    "/%0d%0aset-cookie:x=y/..//evil.example",
  ])("leads to no other place than ours: next %j", async (next) => {
    const response = await newBrowser().signIn("ada", { next });
    const led = new URL(locationOf(response)!, ORIGIN);
    expect([led.origin, led.pathname.startsWith("//")]).toEqual([ORIGIN, false]);
  });

  it("leads to the start page rather than lose its cookie to a path that is too long", async () => {
    expect(locationOf(await newBrowser().signIn("ada", { next: `/x?${"ü".repeat(1900)}` }))).toBe("/");
  });
});

describe("what an issuer answers that is not to be believed", () => {
  beforeEach(() => configure(fake.url));

  /** Comes back with a code, the token endpoint answering what `forge` makes for this sign-in's nonce. */
  async function comeBack(
    browser: Browser,
    forge: (nonce: string) => Promise<string>,
    more: Record<string, string> = {},
  ): Promise<Response> {
    const begun = (await beginAt(browser)).searchParams;
    fake.answerIdToken(await forge(begun.get("nonce")!));
    const query = new URLSearchParams({ code: "c", state: begun.get("state")!, ...more });
    return browser.finish(`${CALLBACK}?${query}`);
  }
  const right = (nonce: string) => fake.sign(fake.claims(nonce));
  const withClaims = (change: JWTPayload) => (nonce: string) =>
    fake.sign({ ...fake.claims(nonce), ...change });
  const unsigned = (alg: string, nonce: string) => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    return `${part({ alg, kid: "k1" })}.${part(fake.claims(nonce))}`;
  };

  it("lets in with the right token, or none of the refusals below would tell anything", async () => {
    const browser = newBrowser();
    expect(locationOf(await comeBack(browser, right))).toBe("/");
    expect((await whoIs(browser))?.roles).toEqual(["sre"]);
  });

  const hourAgo = Math.floor(Date.now() / 1000) - 3600;
  const forgeries: [string, (nonce: string) => Promise<string>][] = [
    ["for another audience", withClaims({ aud: "another-client" })],
    ["given to another party", withClaims({ aud: [CLIENT.id, "another"], azp: "another" })],
    ["of another issuer", withClaims({ iss: "https://evil.example" })],
    ["that has expired", withClaims({ exp: hourAgo })],
    ["that never expires", withClaims({ exp: undefined })],
    ["of another sign-in", withClaims({ nonce: "another" })],
    ["of no sign-in", withClaims({ nonce: undefined })],
    ["without a subject", withClaims({ sub: undefined })],
    ["with alg none", async (nonce) => `${unsigned("none", nonce)}.`],
    [
      "signed with the client's secret",
      (nonce) => fake.sign(fake.claims(nonce), Buffer.from(CLIENT.secret), "HS256"),
    ],
    [
      "signed with another key",
      async (nonce) => fake.sign(fake.claims(nonce), (await generateKeyPair("ES256")).privateKey),
    ],
    ["with another algorithm than its signature's", async (nonce) => `${unsigned("RS256", nonce)}.AAAA`],
  ];
  it.each(forgeries)("refuses an ID token %s", async (_, forge) => {
    const browser = newBrowser();
    await expectOutside(browser, await comeBack(browser, forge), "not_verified");
  });

  it("refuses a token signed with the public key as a secret", async () => {
    const { publicKey } = await generateKeyPair("RS256");
    const secret = Buffer.from(await exportSPKI(publicKey));
    const browser = newBrowser();
    const forge = (nonce: string) => fake.sign(fake.claims(nonce), secret, "HS256");
    await expectOutside(browser, await comeBack(browser, forge), "not_verified");
  });

  it("refuses an answer that names another issuer", async () => {
    const browser = newBrowser();
    await expectOutside(
      browser,
      await comeBack(browser, right, { iss: "https://evil.example" }),
      "not_verified",
    );
  });

  it("takes each answer once, even from an issuer that takes its codes twice", async () => {
    const browser = newBrowser();
    const begun = (await beginAt(browser)).searchParams;
    fake.answerIdToken(await right(begun.get("nonce")!));
    const kept = browser.jar(ORIGIN).get("burnline.oidc")!;
    const address = `${CALLBACK}?${new URLSearchParams({ code: "c", state: begun.get("state")! })}`;
    expect(locationOf(await browser.finish(address))).toBe("/");
    expect(locationOf(await browser.finish(address))).toBe(`${PROBLEM}sign_in_lapsed`);
    browser.jar(ORIGIN).set("burnline.oidc", kept);
    expect(locationOf(await browser.finish(address))).toBe(`${PROBLEM}sign_in_lapsed`);
    expect(await db().session.count()).toBe(1);
  });

  const WELL_KNOWN = "/.well-known/openid-configuration";
  const describedAs = (change: Record<string, unknown>) => () => {
    const at = (path: string) => `${fake.url}${path}`;
    const document = {
      issuer: fake.url,
      authorization_endpoint: at("/authorize"),
      token_endpoint: at("/token"),
      jwks_uri: at("/keys"),
      ...change,
    };
    return { body: JSON.stringify(document) };
  };

  it("refuses userinfo of somebody else", async () => {
    fake.answers.set(WELL_KNOWN, describedAs({ userinfo_endpoint: `${fake.url}/userinfo` }));
    fake.answers.set("/userinfo", () => ({ body: JSON.stringify({ sub: "other", groups: ["ops"] }) }));
    const browser = newBrowser();
    const response = await comeBack(browser, withClaims({ groups: undefined }));
    await expectOutside(browser, response, "not_verified");
  });

  it.each([
    ["another issuer", { issuer: "https://evil.example" }],
    ["an address over plain HTTP", { token_endpoint: "http://192.0.2.1/token" }],
    ["an address with credentials", { jwks_uri: "https://user:secret@evil.example/keys" }],
    ["no address for tokens", { token_endpoint: undefined }],
  ])("refuses a description that names %s", async (_, change) => {
    fake.answers.set(WELL_KNOWN, describedAs(change));
    const response = await newBrowser().begin();
    expect(response.status).toBe(401);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it("follows no redirect with the client's secret, and reads no endless answer", async () => {
    const browser = newBrowser();
    const begun = (await beginAt(browser)).searchParams;
    fake.answers.set("/token", () => ({ status: 307, headers: { location: "/elsewhere" }, body: "" }));
    const query = new URLSearchParams({ code: "c", state: begun.get("state")! });
    await expectOutside(browser, await browser.finish(`${CALLBACK}?${query}`), "issuer_unreachable");
    expect(fake.asked).not.toContain("/elsewhere");
    fake.answers.set(WELL_KNOWN, () => ({ body: `{"x":"${"x".repeat(300_000)}"}` }));
    delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for("burnline.oidc.issuers")];
    const refused = await newBrowser().begin();
    expect(await refused.json()).toMatchObject({ detail: expect.stringContaining("more than 262144 bytes") });
  });
});
