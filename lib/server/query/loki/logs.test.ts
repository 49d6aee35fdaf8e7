import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startFakeUpstream, type FakeUpstream } from "../testing/fake-upstream.ts";
import type { QueryContext } from "../types.ts";
import { recentLogs, searchLogs } from "./logs.ts";
import { ADMIN } from "#lib/server/testing/actors.ts";

const NEWEST_NS = "1795212180000000057";
const answer = JSON.stringify({
  status: "success",
  data: {
    resultType: "streams",
    result: [{ stream: { service: "api" }, values: [[NEWEST_NS, "level=error msg=gone"]] }],
  },
});
const RANGE = { fromMs: 1_795_211_000_000, toMs: 1_795_212_200_000 };

let upstream: FakeUpstream;
let context: QueryContext;
let traced: { source: string; expr: string }[];
beforeEach(async () => {
  upstream = await startFakeUpstream("loki", () => ({ body: answer }));
  traced = [];
  const trace = (query: { source: string; expr: string }) => void traced.push(query);
  context = { actor: ADMIN, signal: new AbortController().signal, trace };
});
afterEach(() => upstream.close());

const ask = (labels: Record<string, string>, range = RANGE) =>
  recentLogs(context, { labels, source: upstream.source.name }, range, 50, [upstream.source]);

it("answers the newest lines as of the newest", async () => {
  const measured = await ask({ service: "api" });
  expect(measured).toMatchObject({ asOf: "2026-11-20T22:03:00.000Z", stale: false, partial: false });
  expect(measured.data).toEqual({
    limitReached: false,
    lines: [
      {
        timestampNs: NEWEST_NS,
        line: "level=error msg=gone",
        labels: { service: "api" },
        fields: {},
        level: "error",
      },
    ],
  });
  expect(upstream.requests[0]?.params).toEqual({
    query: '{service="api"}',
    start: "1795211000000000000",
    end: "1795212200000000000",
    limit: "51",
    direction: "backward",
  });
  expect(traced).toEqual([{ source: upstream.source.name, expr: '{service="api"}', language: "logql" }]);
});

it("refuses to count for nothing, and leaves to Loki what the grammar cannot read", async () => {
  const search = (query: string) =>
    searchLogs(context, { query, source: upstream.source.name }, RANGE, 50, [upstream.source]);
  const code = "bad_query";
  await expect(search('rate({service="api"}[5m])')).rejects.toMatchObject({ code });
  await expect(search('1 + count_over_time({service="api"}[5m])')).rejects.toMatchObject({ code });
  expect(upstream.requests).toEqual([]);
  await search('{service="api"} | of_a_later_version');
  expect(upstream.requests).toHaveLength(1);
});

it("asks once for equal questions and again a refresh later", async () => {
  await Promise.all([ask({ service: "api" }), ask({ service: "api" })]);
  await ask({ service: "api" });
  expect(upstream.requests).toHaveLength(1);
  await ask({ service: "api" }, { fromMs: RANGE.fromMs + 15_000, toMs: RANGE.toMs + 15_000 });
  expect(upstream.requests).toHaveLength(2);
});

it("keeps a hostile name inside its literal", async () => {
  await ask({ service: 'a"} or vector(1)#' });
  expect(upstream.requests[0]?.params.query).toBe('{service="a\\"} or vector(1)#"}');
});

it("shows the last lines, marked stale, while Loki is away", async () => {
  await ask({ service: "api" });
  upstream.answer = () => ({ status: 503, contentType: "text/plain", body: "starting" });
  const later = await ask({ service: "api" }, { fromMs: RANGE.fromMs + 20_000, toMs: RANGE.toMs + 20_000 });
  expect(later).toMatchObject({ stale: true, asOf: "2026-11-20T22:03:00.000Z" });
  expect(later.data.lines).toHaveLength(1);
});

it("does not show lines of another range of the same length", async () => {
  await ask({ service: "api" });
  upstream.answer = () => ({ status: 503, contentType: "text/plain", body: "starting" });
  const moved = (ms: number) => ({ fromMs: RANGE.fromMs + ms, toMs: RANGE.toMs + ms });
  await expect(ask({ service: "api" }, moved(-86_400_000))).rejects.toMatchObject({
    code: "upstream_unavailable",
  });
  // It overlaps the other one, but ends before its only line.
  await expect(ask({ service: "api" }, moved(-60_000))).rejects.toMatchObject({
    code: "upstream_unavailable",
  });
});

it("names the label of a bad selector", async () => {
  await expect(ask({ service: "" })).rejects.toMatchObject({
    code: "invalid",
    fields: [{ path: "service" }],
  });
  await expect(recentLogs(context, { labels: { service: "api" } }, RANGE, 50, [])).rejects.toMatchObject({
    code: "unavailable",
  });
  expect(upstream.requests).toEqual([]);
});

it("searches the last 30 days of a longer span, and says so", async () => {
  const measured = await ask({ service: "api" }, { fromMs: RANGE.toMs - 92 * 86_400_000, toMs: RANGE.toMs });
  expect(measured.warnings).toEqual(["logs are searched over 30 days at most"]);
  expect(upstream.requests[0]?.params.start).toBe(String(BigInt(RANGE.toMs - 30 * 86_400_000) * 1_000_000n));
});

it("has no time to show when there are no lines", async () => {
  const recording = new URL("../../../../demo/logstore/fixtures/loki-3.7.6.json", import.meta.url);
  const { exchanges } = JSON.parse(readFileSync(recording, "utf8")) as {
    exchanges: { name: string; body: string }[];
  };
  const { body = "" } = exchanges.find(({ name }) => name === "range-empty") ?? {};
  upstream.answer = () => ({ body });
  expect(await ask({ service: "absent" })).toMatchObject({ asOf: null, data: { lines: [] } });
});
