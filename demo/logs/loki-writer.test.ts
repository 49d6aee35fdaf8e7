import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startTestStore } from "#demo/logstore/testing.ts";
import type { LogLine } from "./log-line.ts";
import { LokiWriter } from "./loki-writer.ts";
import { newestLineMs } from "./newest-line.ts";

interface Push {
  streams: { stream: Record<string, string>; values: [string, string, Record<string, string>][] }[];
}

let server: Server;
let url: string;
let pushes: Push[];
let answers: number[];
let reports: string[];
let writer: LokiWriter;
beforeEach(async () => {
  pushes = [];
  answers = [];
  reports = [];
  server = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      const status = answers.shift() ?? 204;
      if (status === 204)
        pushes.push(JSON.parse(gunzipSync(Buffer.concat(chunks as Buffer[])).toString()) as Push);
      response.writeHead(status).end(status === 204 ? undefined : "no");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  writer = new LokiWriter(url, (text) => reports.push(text));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const line = (i: number, node = "ai1"): LogLine => {
  return { labels: { node }, timestampMs: 1_795_000_000_000 + i, line: `line ${i}`, metadata: {} };
};
const written = () =>
  pushes.flatMap(({ streams }) => streams.flatMap(({ values }) => values.map(([, text]) => text)));

it("groups lines by stream and gives each its own nanosecond", async () => {
  writer.write([line(1), line(2, "ai2"), line(1)]);
  await writer.idle();
  const [push] = pushes;
  expect(push?.streams.map(({ stream }) => stream)).toEqual([{ node: "ai1" }, { node: "ai2" }]);
  const [first, second] = push?.streams[0]?.values.map(([at]) => at) ?? [];
  expect(first?.slice(0, 13)).toBe("1795000000001");
  expect(first).not.toBe(second);
});

it("tries again while Loki is away or overloaded, and keeps the order", async () => {
  answers = [503, 429];
  writer.write([line(1)]);
  writer.write([line(2)]);
  await writer.idle();
  expect(written()).toEqual(["line 1", "line 2"]);
  expect(reports).toEqual(["Loki answered 503: no", "Loki answered 429: no"]);
});

it("drops what Loki refuses and goes on", async () => {
  answers = [400];
  writer.write([line(1)]);
  await writer.idle();
  writer.write([line(2)]);
  await writer.idle();
  expect(written()).toEqual(["line 2"]);
});

it("holds at most 20,000 lines, the newest, while it cannot send", async () => {
  answers = [503];
  writer.write([line(0)]);
  for (let i = 0; i < 25; i++) writer.write(Array.from({ length: 1_000 }, (_, j) => line(1 + i * 1_000 + j)));
  await writer.idle();
  const texts = written();
  expect(texts).toHaveLength(20_001);
  expect([texts[0], texts[1], texts.at(-1)]).toEqual(["line 0", "line 5001", "line 25000"]);
});

it("finds where the store's lines end", async () => {
  const store = await startTestStore();
  const address = `http://127.0.0.1:${store.port}`;
  const fromMs = store.nowMs - 3_600_000;
  expect(await newestLineMs(address, fromMs, store.nowMs)).toBe(fromMs);
  const toStore = new LokiWriter(address, (text) => reports.push(text));
  toStore.write([
    { ...line(0), timestampMs: store.nowMs - 90_000 },
    { ...line(1), timestampMs: store.nowMs - 60_000 },
  ]);
  await toStore.idle();
  expect(reports).toEqual([]);
  expect(await newestLineMs(address, fromMs, store.nowMs)).toBe(store.nowMs - 60_000);
  await store.close();
});
