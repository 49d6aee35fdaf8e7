import { decodeProtectedHeader, jwtVerify } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FORGES, type ForgeName, HeldDeployment } from "#lib/contracts/forges.ts";
import { AppError } from "#lib/server/errors.ts";
import type { Telling, Told } from "./forge.ts";
import { createForges, type Forges } from "./registry.ts";
import {
  appKeys,
  eventHeaders,
  type FakeForges,
  forgeSettingsAt,
  GITLAB_TOKEN,
  INSTALLATION_TOKEN,
  recorded,
  startFakeForges,
} from "./testing/fake-forges.ts";

const EVENTS = {
  github: "github-protection-requested.json",
  gitlab: "gitlab-deployment-blocked.json",
} as const;
const MOST_CHARACTERS = { github: 1_024, gitlab: 255 } as const;
const NEEDED = {
  github: ["environment", "deployment_callback_url", "deployment", "repository", "installation", "sender"],
  gitlab: ["environment", "deployment_id", "project", "short_sha", "commit_url", "user"],
} as const;
const HOSTILE = "@everyone **x** [free](https://evil.example) \u202Egnp.exe 🛒";

let fake: FakeForges;
let all: Forges;
beforeEach(async () => {
  fake = await startFakeForges();
  all = createForges(forgeSettingsAt(fake.url));
});
afterEach(() => fake.catcher.close());

const forgeOf = (name: ForgeName) => all[name]!;
const bytes = (text: string) => new TextEncoder().encode(text);
function held(name: ForgeName, body = recorded(EVENTS[name], fake.url)) {
  const headers = new Headers(eventHeaders(name, body));
  expect(forgeOf(name).isGenuine(headers, bytes(body))).toBe(true);
  return forgeOf(name).read(headers, bytes(body));
}
const NO: Telling = {
  state: "rejected",
  headline: "checkout v2 may not go out",
  link: null,
  points: ["it burns"],
};
const YES: Telling = { ...NO, state: "approved" };
const REPORT: Telling = { ...NO, state: null };
function tell(
  name: ForgeName,
  telling: Telling,
  more: { nowMs?: number; signal?: AbortSignal } = {},
): Promise<Told> {
  const means = { way: fake.catcher.way, signal: new AbortController().signal, nowMs: Date.now(), ...more };
  return forgeOf(name).tell(held(name)!.deployment, telling, means);
}
const commentOf = (body: Record<string, unknown> | undefined) => String(body?.comment);

describe.each(FORGES)("%s", (name) => {
  it("reads what its event holds, in our words, and keeps it as it is", () => {
    const { deployment } = held(name)!;
    expect(HeldDeployment.parse(JSON.parse(JSON.stringify(deployment)))).toEqual(deployment);
    expect(deployment).toMatchObject({
      environment: "production",
      requestedBy: expect.stringMatching(`^${name}:`),
    });
  });

  it("knows the same event again, and another one as another", () => {
    const other = recorded(EVENTS[name], fake.url)
      .replace("7351924680", "7351924681")
      .replace("640112358", "640112359");
    expect(held(name)!.key).toBe(held(name)!.key);
    expect(held(name, other)!.key).not.toBe(held(name)!.key);
  });

  it("lets other events be", () => {
    const body = recorded(EVENTS[name]);
    for (const event of ["ping", "push", "Push Hook", ""]) {
      const headers = new Headers({ ...eventHeaders(name, body), [`x-${name}-event`]: event });
      expect([event, forgeOf(name).read(headers, bytes(body))]).toEqual([event, null]);
    }
  });

  it.each(["not JSON", "[]", "null", '"text"'])("refuses a genuine body that is no event: %s", (body) =>
    expect(() => held(name, body)).toThrow(AppError),
  );

  it("names each field that is missing", () => {
    for (const field of NEEDED[name]) {
      const { [field]: gone, ...rest } = JSON.parse(recorded(EVENTS[name])) as Record<string, unknown>;
      expect([field, gone]).not.toEqual([field, undefined]);
      expect(() => held(name, JSON.stringify(rest))).toThrow(field);
    }
  });

  it("refuses names that no database keeps, and keeps all others as they are", () => {
    const event = JSON.parse(recorded(EVENTS[name], fake.url)) as object;
    const named = (environment: string) => held(name, JSON.stringify({ ...event, environment }));
    for (const bad of ["pro\u0000d", "pro\nd", "\ud800", "", "x".repeat(256)])
      expect(() => named(bad)).toThrow("environment");
    expect(named(" Prod/ä 🛒 ")!.deployment.environment).toBe(" Prod/ä 🛒 ");
  });

  it.each([
    [YES, "approved"],
    [NO, "rejected"],
  ] as const)("is told a verdict once, with its reasons", async (telling, state) => {
    expect(await tell(name, telling)).toEqual({ outcome: "told" });
    expect(fake.told()).toHaveLength(1);
    const [{ body } = { body: {} }] = fake.told();
    expect(body).toMatchObject({ [name === "github" ? "state" : "status"]: state });
    expect(commentOf(body)).toContain("it burns");
  });

  it("is told no more than it takes, no character cut in two", async () => {
    for (const wide of ["🛒", "a🛒"]) {
      await tell(name, { ...NO, headline: wide.repeat(2_000), points: [wide.repeat(2_000), HOSTILE] });
      const comment = commentOf(fake.told().at(-1)?.body);
      expect(comment.length).toBeLessThanOrEqual(MOST_CHARACTERS[name]);
      expect(comment.isWellFormed()).toBe(true);
    }
  });

  it.each([
    [429, "7", "again", 7_000],
    [500, null, "again", null],
    [503, "2", "again", 2_000],
    [401, null, "again", null],
    [403, null, "dead", undefined],
    [404, null, "dead", undefined],
    [400, null, "dead", undefined],
    [422, null, "dead", undefined],
  ] as const)("HTTP %d with Retry-After %j: %s", async (status, retryAfter, outcome, afterMs) => {
    fake.answer = (response) =>
      void response
        .writeHead(status, retryAfter === null ? {} : { "retry-after": retryAfter })
        .end('{"message":"nothing waits here\\u202e"}');
    const detail = `it answered HTTP ${status}: nothing waits here⟨U+202E⟩`;
    expect(await tell(name, NO)).toEqual({ outcome, detail, ...(afterMs === undefined ? {} : { afterMs }) });
  });

  it("follows no redirect with its token, and tries a dropped connection again", async () => {
    fake.answer = (response) => void response.writeHead(307, { location: `${fake.url}/elsewhere` }).end();
    expect(await tell(name, NO)).toMatchObject({
      outcome: "dead",
      detail: expect.stringContaining("redirect"),
    });
    expect(fake.told()).toHaveLength(1);
    fake.answer = (response) => void response.socket?.destroy();
    expect(await tell(name, NO)).toMatchObject({ outcome: "again" });
  });

  it("is broken off when the process stops", async () => {
    const stopping = new AbortController();
    fake.answer = () => stopping.abort();
    const cancelled = await tell(name, NO, { signal: stopping.signal }).catch((error: unknown) => error);
    expect(cancelled instanceof AppError && cancelled.code).toBe("cancelled");
  });
});

describe("GitHub", () => {
  it("gets the release's version and commit from the deployment", () => {
    expect(held("github")!.deployment).toMatchObject({
      repository: "acme-shop/checkout",
      ref: "v2.14.0",
      commit: "5f1d8c2e9a7b4036d1e2f3a4b5c6d7e8f9012345",
      requestedBy: "github:rin-example",
    });
  });

  it("is asked for a token by the App's own signature, for one repository and deployments alone", async () => {
    const nowMs = Date.now();
    await tell("github", YES, { nowMs });
    const [asked, told] = fake.catcher.caught;
    expect(asked?.path).toBe("/app/installations/48151623/access_tokens");
    expect(asked?.body).toEqual({ repository_ids: [571234567], permissions: { deployments: "write" } });
    const jwt = asked?.headers.authorization?.replace(/^Bearer /, "") ?? "";
    expect(decodeProtectedHeader(jwt)).toEqual({ alg: "RS256", typ: "JWT" });
    const { payload } = await jwtVerify(jwt, appKeys().publicKey, { issuer: "Iv23liInvented" });
    const nowSeconds = Math.floor(nowMs / 1000);
    expect(payload.iat).toBe(nowSeconds - 60);
    expect(payload.exp! - payload.iat!).toBeLessThanOrEqual(600);
    expect(payload.exp).toBeGreaterThan(nowSeconds);
    expect(told?.path).toBe("/repos/acme-shop/checkout/actions/runs/7351924680/deployment_protection_rule");
    expect(told?.headers.authorization).toBe(`Bearer ${INSTALLATION_TOKEN}`);
  });

  it("gives one token until shortly before it ends", async () => {
    const endsMs = Date.parse("2126-11-21T11:00:02Z");
    await tell("github", REPORT, { nowMs: endsMs - 6 * 60_000 });
    await tell("github", YES, { nowMs: endsMs - 5 * 60_000 - 1 });
    expect(fake.tokens()).toBe(1);
    await tell("github", YES, { nowMs: endsMs - 5 * 60_000 });
    expect(fake.tokens()).toBe(2);
  });

  it("gives another token where the last one is not taken any more", async () => {
    fake.answer = (response) => void response.writeHead(401).end();
    await tell("github", YES);
    await tell("github", YES);
    expect(fake.tokens()).toBe(2);
  });

  it("says 403 and when to come again for too many requests", async () => {
    fake.answer = (response) => void response.writeHead(403, { "retry-after": "60" }).end();
    expect(await tell("github", YES)).toMatchObject({ outcome: "again", afterMs: 60_000 });
  });

  it.each([
    [401, "{}", "again"],
    [404, '{"message":"Not Found"}', "dead"],
    [201, "<html>", "again"],
    [201, "{}", "again"],
  ] as const)("without a token (HTTP %d %s) nothing is told: %s", async (status, body, outcome) => {
    fake.catcher.respond = (response) => void response.writeHead(status).end(body);
    expect(await tell("github", YES)).toMatchObject({
      outcome,
      detail: expect.stringContaining("no installation token"),
    });
    expect(fake.told()).toEqual([]);
  });

  it("gets a report without a state, and no markup of others", async () => {
    await tell("github", { ...REPORT, link: "https://burnline.example/releases/r1", points: [HOSTILE] });
    const [{ body } = { body: {} }] = fake.told();
    expect(body).not.toHaveProperty("state");
    expect(body).toMatchObject({ environment_name: "production" });
    expect(commentOf(body)).toContain("](https://burnline.example/releases/r1)");
    expect(commentOf(body)).not.toMatch(/@everyone|\*\*x\*\*|\[free\]/);
  });

  it.each(["https://evil.example", "http://127.0.0.1:1", "https://api.github.com"])(
    "is not answered at %s: no token leaves, none is even asked for",
    async (elsewhere) => {
      const { deployment } = held("github", recorded(EVENTS.github, elsewhere))!;
      const means = { way: fake.catcher.way, signal: new AbortController().signal, nowMs: Date.now() };
      expect(await forgeOf("github").tell(deployment, YES, means)).toMatchObject({ outcome: "dead" });
      expect(fake.catcher.caught).toEqual([]);
    },
  );
});

describe("GitLab", () => {
  it("gets the whole hash from the commit's address, and the short one where it is another's", () => {
    expect(held("gitlab")!.deployment.commit).toBe("a17c90e4b2d3f4051627384950a1b2c3d4e5f607");
    const other = recorded(EVENTS.gitlab).replace("/-/commit/a17c90e4", "/-/commit/00000000");
    expect(held("gitlab", other)!.deployment.commit).toBe("a17c90e4");
  });

  it("lets a deployment be that waits for nobody", () =>
    expect(held("gitlab", recorded("gitlab-deployment-running.json"))).toBeNull());

  it("is told at its own address with its token, wherever the event says it came from", async () => {
    await tell("gitlab", YES);
    const [told] = fake.told();
    expect(told?.path).toBe("/api/v4/projects/41230/deployments/640112358/approval");
    expect(told?.headers["private-token"]).toBe(GITLAB_TOKEN);
  });
});
