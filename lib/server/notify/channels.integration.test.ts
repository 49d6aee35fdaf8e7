import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CHANNEL_KINDS, type ChannelKind } from "#lib/contracts/notifications.ts";
import type { Message, Notice } from "#lib/domain/notifications/message.ts";
import { AppError } from "#lib/server/errors.ts";
import type { Delivery } from "./channel.ts";
import { deliver, parseSettings, sealSecret, SINGLE_KINDS } from "./registry.ts";
import { allowCatcher, type Catcher, startCatcher } from "./testing/catcher.ts";
import { type MailCatcher, startMailCatcher } from "./testing/mail-catcher.ts";

const HOSTILE =
  "@everyone <!channel> <@U1> [free](https://evil.example) **x** <https://evil.example|ok> \u202Egnp.exe &amp;";
const NOTICE: Notice = {
  id: "000000000001-abc",
  event: "opened",
  incidentId: "INC-20261121-100000",
  releaseId: null,
  title: HOSTILE,
  severity: "P1",
  phase: "DETECT",
  service: "checkout",
  node: null,
  text: HOSTILE,
  at: "2026-11-21T10:00:00.000Z",
  url: "https://burnline.example/incidents/INC-20261121-100000",
  acknowledgeUrl: "https://burnline.example/incidents/INC-20261121-100000/acknowledge",
};
const ONE: Message = { key: NOTICE.id, notices: [NOTICE] };
const STORM: Message = {
  key: "bundle-1",
  notices: [NOTICE, ...Array.from({ length: 120 }, () => ({ ...NOTICE, title: "x".repeat(5_000) }))],
};

let catcher: Catcher;
let mail: MailCatcher;
beforeAll(() => allowCatcher());
afterAll(() => {
  delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for("burnline.settings")];
});
beforeEach(async () => {
  catcher = await startCatcher();
  mail = await startMailCatcher();
  allowCatcher({ SMTP_URL: mail.url });
});
afterEach(async () => {
  await catcher.close();
  mail.close();
});

function settingsFor(kind: ChannelKind): { config: object; secret: object } {
  const url = `${catcher.url}/hook`;
  const all: Record<ChannelKind, { config: object; secret: object }> = {
    discord: { config: {}, secret: { url } },
    slack: { config: {}, secret: { url } },
    slack_incident: {
      config: { prefix: "x-", apiUrl: `${catcher.url}/api` },
      secret: { token: "xoxb-12345678" },
    },
    email: { config: { from: "burnline@example.org", to: ["a@example.org"] }, secret: {} },
    pagerduty: { config: { url }, secret: { routingKey: "0123456789abcdef" } },
    webhook: { config: {}, secret: { url, signingSecret: "0123456789abcdef" } },
  };
  return all[kind];
}

function send(kind: ChannelKind, message: Message, signal = new AbortController().signal): Promise<Delivery> {
  const { config, secret } = settingsFor(kind);
  const parsed = parseSettings(kind, { config, secret });
  const sealed = sealSecret("id", parsed.secret);
  const channel = {
    id: "id",
    name: "c",
    kind,
    config: { ...parsed.config },
    secret: sealed,
    enabled: true,
    version: 1,
  };
  return deliver(channel, message, { way: catcher.way, signal, nowMs: Date.now() });
}

describe.each(CHANNEL_KINDS.filter((kind) => kind !== "email"))("%s", (kind) => {
  it("sends under the message's key, and takes 2xx for arrived", async () => {
    expect(await send(kind, ONE)).toEqual({ outcome: "sent" });
    expect(catcher.caught).not.toHaveLength(0);
    for (const { headers } of catcher.caught) expect(headers["idempotency-key"]).toBe(ONE.key);
  });

  it.each([
    [429, "7", { outcome: "again", detail: "it answered HTTP 429", afterMs: 7_000 }],
    [500, null, { outcome: "again", detail: "it answered HTTP 500", afterMs: null }],
    [400, null, { outcome: "dead", detail: "it answered HTTP 400" }],
    [404, null, { outcome: "dead", detail: "it answered HTTP 404" }],
  ])("HTTP %d with Retry-After %j", async (status, retryAfter, expected) => {
    catcher.respond = (response) =>
      void response
        .writeHead(status, retryAfter === null ? {} : { "retry-after": retryAfter })
        .end("inner words");
    expect(await send(kind, ONE)).toEqual(expected);
  });

  it("follows no redirect, and tries a dropped connection again", async () => {
    catcher.respond = (response) => void response.writeHead(302, { location: "/elsewhere" }).end();
    expect(await send(kind, ONE)).toMatchObject({
      outcome: "dead",
      detail: expect.stringContaining("redirect"),
    });
    expect(catcher.caught).toHaveLength(1);
    catcher.respond = (response) => void response.socket?.destroy();
    expect(await send(kind, ONE)).toMatchObject({ outcome: "again" });
  });

  it("is broken off when the process stops, and tells that nothing came of it", async () => {
    const stopping = new AbortController();
    catcher.respond = () => stopping.abort();
    const cancelled = await send(kind, ONE, stopping.signal).catch((error: unknown) => error);
    expect(cancelled instanceof AppError && cancelled.code).toBe("cancelled");
  });

  it("keeps the limits in a storm", async () => {
    if (SINGLE_KINDS.includes(kind)) return;
    await send(kind, STORM);
    const { content, text, blocks, embeds } = catcher.caught[0]!.body as {
      content?: string;
      text?: string;
      blocks?: { text?: { text: string } }[];
      embeds?: object[];
    };
    expect((content ?? "").length).toBeLessThanOrEqual(2_000);
    expect(JSON.stringify(embeds ?? "").length).toBeLessThanOrEqual(6_000);
    expect((text ?? "").length).toBeLessThanOrEqual(3_000);
    expect((blocks ?? []).length).toBeLessThanOrEqual(50);
    for (const block of blocks ?? []) expect((block.text?.text ?? "").length).toBeLessThanOrEqual(3_000);
  });
});

describe("hostile text", () => {
  it("mentions nobody on Discord and is no markup", async () => {
    await send("discord", ONE);
    const { allowed_mentions, content } = catcher.caught[0]!.body as {
      allowed_mentions: object;
      content: string;
    };
    expect(allowed_mentions).toEqual({ parse: [] });
    expect(content).toContain("\\@everyone \\<!channel\\>");
    expect(content).not.toMatch(/(?<!\\)[[\]*<@]/);
  });

  it("is plain text in Slack's blocks, and without entities outside of them", async () => {
    await send("slack", ONE);
    const { text, blocks } = catcher.caught[0]!.body as {
      text: string;
      blocks: { text?: { type: string } }[];
    };
    expect(text).not.toMatch(/[<>]/);
    expect(blocks.filter(({ text: part }) => part && part.type !== "plain_text")).toEqual([]);
  });
});

describe("a Slack channel per incident", () => {
  it("is made when it is missing, and taken as it is when another attempt made it", async () => {
    let made = false;
    catcher.respond = (response, { path }) => {
      const create = path.endsWith("conversations.create");
      const error = create ? "name_taken" : "channel_not_found";
      const ok = !create && made;
      made ||= create;
      response.writeHead(200).end(JSON.stringify(ok ? { ok } : { ok: false, error }));
    };
    expect(await send("slack_incident", ONE)).toEqual({ outcome: "sent" });
    expect(catcher.caught.map(({ path }) => path)).toEqual([
      "/api/chat.postMessage",
      "/api/conversations.create",
      "/api/chat.postMessage",
    ]);
    expect(catcher.caught[1]?.body).toEqual({ name: "x-inc-20261121-100000" });
    expect(catcher.caught[0]?.headers.authorization).toBe("Bearer xoxb-12345678");
  });

  it.each([
    ["invalid_auth", "dead"],
    ["ratelimited", "again"],
  ])("says with HTTP 200 that %s: %s", async (error, outcome) => {
    catcher.respond = (response) => void response.writeHead(200).end(JSON.stringify({ ok: false, error }));
    expect(await send("slack_incident", ONE)).toMatchObject({
      outcome,
      detail: `chat.postMessage: ${error}`,
    });
  });
});

it("Slack's channels of incidents have nothing to say of a release", async () => {
  const release = { ...NOTICE, event: "release_halted", incidentId: null, releaseId: "r1" } as const;
  expect(await send("slack_incident", { key: "k", notices: [release] })).toMatchObject({
    outcome: "dropped",
  });
  expect(catcher.caught).toEqual([]);
});

describe("PagerDuty", () => {
  it.each([
    ["opened", "DETECT", "trigger"],
    ["acknowledged", "TRIAGE", "acknowledge"],
    ["resolved", "LEARN", "resolve"],
    ["opened", "LEARN", "resolve"],
  ] as const)("%s in %s: %s, one alert per incident", async (event, phase, action) => {
    await send("pagerduty", { key: "k", notices: [{ ...NOTICE, event, phase }] });
    const { event_action, dedup_key } = catcher.caught[0]!.body;
    expect([event_action, dedup_key]).toEqual([action, NOTICE.incidentId]);
  });

  it.each([
    ["release_halted", "trigger"],
    ["release_uncleared", "trigger"],
    ["release_waiting", null],
    ["release_revoked", null],
  ] as const)("%s: %s", async (event, action) => {
    const release = {
      ...NOTICE,
      event,
      incidentId: null,
      releaseId: "r1",
      severity: null,
      phase: "deploying",
    };
    const { outcome } = await send("pagerduty", { key: "k", notices: [release] });
    expect(outcome).toBe(action === null ? "dropped" : "sent");
    const told = action && { event_action: action, dedup_key: "release/r1", payload: { severity: "error" } };
    expect(catcher.caught.map(({ body }) => body)).toMatchObject(told ? [told] : []);
  });

  it("has nothing to do about a post-mortem", async () => {
    const notice = { ...NOTICE, event: "postmortem_published", phase: "LEARN" } as const;
    expect(await send("pagerduty", { key: "k", notices: [notice] })).toMatchObject({ outcome: "dropped" });
    expect(catcher.caught).toEqual([]);
  });
});

describe("e-mail", () => {
  it("goes out once, its subject on one line, under the message's key", async () => {
    const title = "broken\r\nBcc: all@example.org";
    expect(await send("email", { ...ONE, notices: [{ ...NOTICE, title }] })).toEqual({ outcome: "sent" });
    expect(mail.caught).toHaveLength(1);
    const [head = ""] = mail.caught[0]!.data.split("\r\n\r\n");
    expect(head).toMatch(/^Subject: \[P1\] Opened: broken Bcc: all@example\.org$/m);
    expect(head).not.toMatch(/^Bcc:/m);
    expect(head).toContain(`Idempotency-Key: ${ONE.key}`);
    expect(mail.caught[0]?.to).toEqual(["a@example.org"]);
  });

  it.each([
    ["550 no such mailbox", "dead"],
    ["451 later", "again"],
  ])("the server says %s: %s", async (answer, outcome) => {
    mail.onRecipient = answer;
    expect(await send("email", ONE)).toMatchObject({ outcome });
  });

  it("is tried again while the server is down, and dead without one", async () => {
    mail.close();
    expect(await send("email", ONE)).toMatchObject({ outcome: "again" });
    allowCatcher();
    expect(await send("email", ONE)).toMatchObject({
      outcome: "dead",
      detail: "the setting SMTP_URL names no mail server",
    });
  });
});
