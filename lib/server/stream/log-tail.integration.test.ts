import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { readEvents } from "#lib/client/log-tail.ts";
import { TailMessage } from "#lib/contracts/log-routes.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { respondProblem } from "#lib/server/listener/respond.ts";
import { personWith, VIEWER } from "#lib/server/testing/actors.ts";
import { startTestStore, type TestStore } from "#demo/logstore/testing.ts";
import { handleLogTail } from "./handle-log-tail.ts";
import { LogTails, MAX_TAILS_EACH } from "./log-tails.ts";

const CONFINED: Actor = {
  ...personWith("sre"),
  confinement: [{ label: "service", operator: "=", value: "web" }],
};

let loki: TestStore;
let tails: LogTails;
let server: http.Server;
let address: string;
let who: () => Promise<Actor>;
/** Settles when the newest tail is over. */
let handled: Promise<void>;
const left: AbortController[] = [];

function forgetSettings(): void {
  delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for("burnline.settings")];
}
function useLoki(port: number): void {
  vi.stubEnv("LOKI_URL", `http://127.0.0.1:${port}`);
  forgetSettings();
}

beforeAll(async () => {
  loki = await startTestStore();
  useLoki(loki.port);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  forgetSettings();
  await loki.close();
});
beforeEach(async () => {
  tails = new LogTails();
  who = () => Promise.resolve(VIEWER);
  server = http.createServer((request, response) => {
    const context = { tails, actorOf: () => who(), flushMs: 20, recheckMs: 100 };
    handled = handleLogTail(request, response, context).catch((error: unknown) =>
      respondProblem(response, error, "r"),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterEach(async () => {
  for (const client of left.splice(0)) client.abort();
  await new Promise((resolve) => server.close(resolve));
});

let pushed = 0;
async function push(service: string, ...texts: string[]): Promise<void> {
  loki.nowMs = Date.now();
  const values = texts.map((text) => [`${Date.now()}${String((pushed += 1)).padStart(6, "0")}`, text]);
  const body = JSON.stringify({ streams: [{ stream: { service, node: "ai1" }, values }] });
  const headers = { "content-type": "application/json" };
  expect((await loki.ask("POST", "/loki/api/v1/push", { headers, body })).status).toBe(204);
  loki.nowMs = Date.now() + 1;
}

interface Reader {
  heard: TailMessage[];
  ended: boolean;
  leave: () => void;
}

async function ask(query: string, client = new AbortController()): Promise<Response> {
  left.push(client);
  const params = new URLSearchParams({ query });
  return fetch(`${address}?${params.toString()}`, { signal: client.signal });
}

async function follow(query: string): Promise<Reader> {
  const client = new AbortController();
  const response = await ask(query, client);
  expect(response.status).toBe(200);
  const reader: Reader = { heard: [], ended: false, leave: () => client.abort() };
  const read = async () => {
    for await (const data of response.body ? readEvents(response.body) : []) {
      reader.heard.push(TailMessage.parse(JSON.parse(data)));
    }
  };
  void read()
    .catch(() => undefined)
    .finally(() => (reader.ended = true));
  return reader;
}

const linesOf = ({ heard }: Reader) =>
  heard.flatMap((message) => (message.topic === "lines" ? message.lines.map(({ line }) => line) : []));

test("tells the lines of a query as they come, in order, with their labels", async () => {
  const reader = await follow('{service="web"} |= "paid"');
  await push("web", "level=error paid 1", "refused", "paid 2");
  await push("other", "paid elsewhere");
  await push("web", "paid 3");
  await vi.waitFor(() => expect(linesOf(reader)).toEqual(["level=error paid 1", "paid 2", "paid 3"]));
  expect(reader.heard[0]).toEqual({ topic: "open" });
  const [first] = reader.heard.flatMap((message) => (message.topic === "lines" ? message.lines : []));
  expect(first).toMatchObject({ labels: { service: "web", node: "ai1" }, level: "error" });
});

test("begins with the last minute", async () => {
  await push("early", "one", "two");
  const reader = await follow('{service="early"}');
  await vi.waitFor(() => expect(linesOf(reader)).toEqual(["one", "two"]));
});

test("tells nobody what they may not see, whatever they ask", async () => {
  who = () => Promise.resolve(CONFINED);
  const reader = await follow('{node="ai1"} # }');
  await push("secret", "hidden");
  await push("web", "seen");
  await vi.waitFor(() => expect(linesOf(reader)).toContain("seen"));
  expect(linesOf(reader)).not.toContain("hidden");
});

test("closes the connection to the source when its reader leaves", async () => {
  const reader = await follow('{service="web"}');
  expect([loki.store.listeners.size, tails.size]).toEqual([1, 1]);
  reader.leave();
  await vi.waitFor(() => expect([loki.store.listeners.size, tails.size]).toEqual([0, 0]));
});

test("is not opened for a reader who left before it was known who they are", async () => {
  const known = Promise.withResolvers<Actor>();
  const asked = Promise.withResolvers<void>();
  const gone = Promise.withResolvers<void>();
  who = () => {
    asked.resolve();
    return known.promise;
  };
  server.once("request", (_, response: http.ServerResponse) => response.once("close", gone.resolve));
  const client = new AbortController();
  const refused = ask('{service="web"}', client).catch(() => null);
  await asked.promise;
  client.abort();
  await gone.promise;
  known.resolve(VIEWER);
  await handled;
  expect([await refused, tails.size]).toEqual([null, 0]);
  await vi.waitFor(() => expect(loki.store.listeners.size).toBe(0));
});

test("ends when the process does, and opens no more", async () => {
  const closing = new AbortController();
  tails.endWith(closing.signal);
  const reader = await follow('{service="web"}');
  closing.abort();
  await vi.waitFor(() => expect(reader.ended).toBe(true));
  expect(loki.store.listeners.size).toBe(0);
  expect((await ask('{service="web"}')).status).toBe(503);
});

test("ends when its reader may see something else, and not while that cannot be told", async () => {
  const reader = await follow('{service="web"}');
  who = () => Promise.resolve({ ...VIEWER, confinement: CONFINED.confinement });
  await vi.waitFor(() => expect(reader.ended).toBe(true));
  expect(reader.heard.at(-1)).toEqual({ topic: "ended", detail: "what you may see has changed" });
});

/** A source that speaks first, and then does with the connection what it likes. */
async function withSource(speak: (socket: WebSocket) => void, check: () => Promise<void>): Promise<void> {
  const source = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(source, "listening");
  source.on("connection", speak);
  useLoki((source.address() as AddressInfo).port);
  try {
    await check();
  } finally {
    useLoki(loki.port);
    for (const socket of source.clients) socket.terminate();
    await new Promise((resolve) => source.close(resolve));
  }
}

test.each([
  [
    "a reason",
    (socket: WebSocket) => socket.close(1011, "only log selector is supported"),
    "only log selector",
  ],
  ["no reason", (socket: WebSocket) => socket.terminate(), "closed the tail"],
  ["what is no JSON", (socket: WebSocket) => socket.send("<html>"), "unknown shape"],
  [
    "JSON of another shape",
    (socket: WebSocket) => socket.send('{"streams":[{"values":1}]}'),
    "unknown shape",
  ],
])("says that the source ended it with %s", async (_, speak, words) => {
  await withSource(speak, async () => {
    const reader = await follow('{service="web"}');
    await vi.waitFor(() => expect(reader.ended).toBe(true));
    expect(reader.heard.at(-1)).toEqual({ topic: "ended", detail: expect.stringContaining(words) });
    expect(tails.size).toBe(0);
  });
});

test("passes on what the source says that it dropped", async () => {
  const dropped = { labels: { service: "web" }, timestamp: "1" };
  const frame = JSON.stringify({ streams: null, dropped_entries: [dropped, dropped] });
  await withSource(
    (socket) => socket.send(frame),
    async () => {
      const reader = await follow('{service="web"}');
      await vi.waitFor(() => expect(reader.heard).toHaveLength(2));
      expect(reader.heard[1]).toEqual({ topic: "lines", lines: [], droppedBySource: 2, droppedHere: 0 });
    },
  );
});

test("says that the source is away", async () => {
  useLoki(1);
  const refused = await ask('{service="web"}');
  useLoki(loki.port);
  expect([refused.status, await refused.json()]).toMatchObject([502, { code: "upstream_unavailable" }]);
});

test.each([
  ["no query", "", 422, "invalid"],
  ["numbers", 'rate({service="web"}[1m])', 400, "bad_query"],
  ["what cannot be read", "{service=", 400, "bad_query"],
  ["what the source refuses", '{service=~".*"}', 400, "bad_query"],
])("refuses %s before anything is sent", async (_, query, status, code) => {
  const response = await ask(query);
  expect([response.status, await response.json()]).toMatchObject([status, { code }]);
  expect(tails.size).toBe(0);
});

test("keeps one person to a few", async () => {
  for (let n = 0; n < MAX_TAILS_EACH; n += 1) await follow('{service="web"}');
  expect((await ask('{service="web"}')).status).toBe(429);
});
