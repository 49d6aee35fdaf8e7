import { afterEach, beforeEach, expect, it } from "vitest";
import { WebSocket } from "ws";
import { startTestStore, type TestStore } from "../testing.ts";
import { address, EXCHANGES, type Exchange } from "./exchanges.ts";
import { PUSHED_LINES } from "./pushed-lines.ts";

const JSON_TYPE = { "content-type": "application/json" };

interface Frame {
  streams: { stream: Record<string, string>; values: unknown[] }[];
}

let test: TestStore;
beforeEach(async () => {
  test = await startTestStore();
  const body = JSON.stringify(PUSHED_LINES);
  expect((await test.ask("POST", "/loki/api/v1/push", { headers: JSON_TYPE, body })).status).toBe(204);
});
afterEach(() => test.close());

const recorded = (name: string) => EXCHANGES.find((exchange) => exchange.name === name) as Exchange;

/** The text frames of a recorded tail. */
function framesOf({ body }: Exchange): Frame[] {
  const { frames } = JSON.parse(body) as { frames: { opcode: number; text: string }[] };
  return frames.filter(({ opcode }) => opcode === 1).map(({ text }) => JSON.parse(text) as Frame);
}

function open(exchange: Exchange): WebSocket {
  return new WebSocket(`ws://127.0.0.1:${test.port}${address(exchange)}`, {
    headers: exchange.requestHeaders ?? {},
  });
}

function nextFrame(socket: WebSocket): Promise<Frame> {
  return new Promise((resolve, reject) => {
    socket.once("message", (data) => resolve(JSON.parse(String(data as Buffer)) as Frame));
    socket.once("error", reject);
  });
}

it("sends past lines first, as Loki did", async () => {
  const exchange = recorded("tail-history");
  const socket = open(exchange);
  expect(await nextFrame(socket)).toEqual(framesOf(exchange)[0]);
  socket.terminate();
});

it("sends the lines that come, with their metadata and fields, as Loki did", async () => {
  const exchange = recorded("tail-live-categorize");
  const [expected] = framesOf(exchange);
  const socket = open({ ...exchange, query: { query: '{service="live"} | logfmt' } });
  await new Promise((resolve) => socket.once("open", resolve));
  const frame = nextFrame(socket);
  const values = [0, 1, 2, 3].map((i) => {
    const timestampNs = String(
      1_795_213_169_579_000_000n + [0n, 704_000_001n, 1_407_000_002n, 2_111_000_003n][i]!,
    );
    return [timestampNs, `live line ${i} level=info`, { trace_id: `t${i}` }];
  });
  const body = JSON.stringify({ streams: [{ stream: { service: "live", node: "ai1" }, values }] });
  await test.ask("POST", "/loki/api/v1/push", { headers: JSON_TYPE, body });
  expect(await frame).toEqual(expected);
  socket.terminate();
});

it("pings, and forgets a reader that has gone", async () => {
  const socket = open(recorded("tail-live"));
  await new Promise((resolve) => socket.once("ping", resolve));
  expect(test.store.listeners.size).toBe(1);
  socket.terminate();
  await expect.poll(() => test.store.listeners.size).toBe(0);
});

it("closes on a metric query as Loki did", async () => {
  const socket = open(recorded("tail-metric-query"));
  const [code, reason] = await new Promise<[number, string]>((resolve) => {
    socket.once("close", (closeCode, text) => resolve([closeCode, text.toString()]));
  });
  expect([code, reason]).toEqual([1011, "only log selector is supported"]);
});

it.each(["tail-bad-query", "tail-delay-for-too-big"])("refuses %s before the upgrade", async (name) => {
  const exchange = recorded(name);
  const [status, body] = await new Promise<[number | undefined, string]>((resolve) => {
    open(exchange).once("unexpected-response", (_, response) => {
      void response
        .toArray()
        .then((chunks) => resolve([response.statusCode, Buffer.concat(chunks as Buffer[]).toString()]));
    });
  });
  expect([status, body]).toEqual([exchange.status, (JSON.parse(exchange.body) as { body: string }).body]);
});
