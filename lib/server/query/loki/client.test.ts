import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { QUERY_LIMITS } from "../limits.ts";
import { startFakeUpstream, type FakeUpstream } from "../testing/fake-upstream.ts";
import {
  getVersion,
  labelNames,
  labelValues,
  MAX_LINES,
  queryInstant,
  queryLogs,
  queryRange,
  series,
  type LokiCall,
} from "./client.ts";

interface Exchange {
  name: string;
  websocket?: boolean;
  path: string;
  query?: Record<string, string | number>;
  status: number;
  contentType: string | null;
  body: string;
}

const recording = new URL("../../../../demo/logstore/fixtures/loki-3.7.6.json", import.meta.url);
const { exchanges } = JSON.parse(readFileSync(recording, "utf8")) as { exchanges: Exchange[] };
const of = (path: string) => exchanges.filter((e) => e.path === `/loki/api/v1/${path}` && !e.websocket);
const named = (name: string) => exchanges.find((exchange) => exchange.name === name) as Exchange;

const SPAN = { startNs: 1_795_211_220_000_000_000n, endNs: 1_795_212_480_000_000_000n };
const LOGS = { ...SPAN, expr: '{service="api"}', limit: 1000, direction: "backward" as const };
const GRID = { startSeconds: 1_795_210_800, stepSeconds: 60, points: 40 };

let upstream: FakeUpstream;
let call: LokiCall;
beforeAll(async () => {
  upstream = await startFakeUpstream("loki", () => ({ body: "" }));
});
beforeEach(() => {
  upstream.requests.length = 0;
  call = { source: upstream.source, signal: new AbortController().signal, limits: QUERY_LIMITS };
});
afterAll(() => upstream.close());

function replay({ status, contentType, body }: Exchange): void {
  upstream.answer = () => ({ status, contentType: contentType ?? "text/plain", body });
}

const resultOf = (exchange: Exchange) =>
  (JSON.parse(exchange.body) as { data: { resultType: string; result: unknown[] } }).data;
const good = (path: string, resultType: string) =>
  of(path).filter((e) => e.status === 200 && resultOf(e).resultType === resultType);

type RecordedStreams = { stream: Record<string, string>; values: [string, string, object?][] }[];
type RecordedMatrix = { values: [number, string][] }[];

describe("recorded answers", () => {
  it.each(good("query_range", "streams").map((e) => [e.name, e] as const))(
    "reads the lines of %s",
    async (_, exchange) => {
      replay(exchange);
      const { data } = await queryLogs(call, LOGS);
      const recorded = resultOf(exchange).result as RecordedStreams;
      const expected = recorded
        .flatMap(({ values }) => values.map(([timestampNs, line]) => [timestampNs, line]))
        .sort(([a = ""], [b = ""]) => (BigInt(a) > BigInt(b) ? -1 : 1));
      expect(data.lines.map(({ timestampNs }) => timestampNs)).toEqual(expected.map(([time]) => time));
      expect(data.lines.map(({ line }) => line).sort()).toEqual(expected.map(([, line]) => line).sort());
      expect(data.limitReached).toBe(false);
    },
  );

  it.each(good("query_range", "matrix").map((e) => [e.name, e] as const))(
    "reads the series of %s",
    async (_, exchange) => {
      replay(exchange);
      const { data } = await queryRange(call, { expr: "x", grid: { ...GRID, stepSeconds: 1, points: 3000 } });
      const recorded = resultOf(exchange).result as RecordedMatrix;
      // Of a step of 90.5 s, every other point lies between whole seconds and so on no grid of ours.
      const onGrid = recorded.map(({ values }) => values.filter(([at]) => Number.isInteger(at)).length);
      expect(data.map(({ values }) => values.filter((value) => value !== null).length)).toEqual(onGrid);
    },
  );

  it.each(
    of("query")
      .map((e) => [e.name, e] as const)
      .filter(([, e]) => e.status === 200),
  )("reads the samples of %s", async (_, exchange) => {
    replay(exchange);
    const { data } = await queryInstant(call, { expr: "x", atMs: 1_795_212_180_000 });
    const { resultType, result } = resultOf(exchange);
    expect(data).toHaveLength(resultType === "scalar" ? 1 : result.length);
  });

  it.each(
    [...of("query_range"), ...of("query")].filter((e) => e.status !== 200).map((e) => [e.name, e] as const),
  )("keeps Loki's words in %s", async (_, exchange) => {
    replay(exchange);
    const error: unknown = await queryLogs(call, LOGS).catch((thrown: unknown) => thrown);
    const words = exchange.body.trim();
    if (exchange.status === 401 || exchange.status === 404) {
      expect(error).toMatchObject({ code: "upstream_error", fault: "foreign" });
    } else {
      expect(error).toHaveProperty("message", words);
    }
    expect((error as Error).message).toContain(words);
  });

  it.each([
    ["labels", ["level", "node", "service", "service_name"]],
    ["labels-empty-store", []],
    ["labels-old-range", []],
  ])("reads the label names of %s", async (name, expected) => {
    replay(named(name));
    expect((await labelNames(call, SPAN)).data).toEqual(expected);
  });

  it("reads label values, and their absence", async () => {
    replay(named("label-values"));
    const values = await labelValues(call, { ...SPAN, label: "service", match: '{node="ai1"}' });
    expect(values.data).toEqual(["api", "gz", "nginx", "partial", "traced", "weird", "worker"]);
    expect(upstream.requests[0]?.path).toBe("/loki/api/v1/label/service/values");
    replay(named("label-values-unknown"));
    expect((await labelValues(call, { ...SPAN, label: "a/../b" })).data).toEqual([]);
    expect(upstream.requests[1]?.path).toBe("/loki/api/v1/label/a%2F..%2Fb/values");
  });

  it("reads series, and their absence", async () => {
    replay(named("series-two-matchers"));
    expect((await series(call, { ...SPAN, match: '{service="nginx"}' })).data).toEqual([
      { node: "ai1", service: "worker", service_name: "worker" },
      { node: "ai2", service: "nginx", service_name: "nginx" },
    ]);
    replay(named("series-none"));
    expect((await series(call, { ...SPAN, match: '{service="absent"}' })).data).toEqual([]);
  });

  it("reads the version", async () => {
    replay(named("buildinfo"));
    expect(await getVersion(call)).toBe("3.7.6");
  });
});

describe("lines", () => {
  it("asks for one line more than wanted and says when there are more", async () => {
    replay(named("range-streams-multi-limit"));
    const { data } = await queryLogs(call, { ...LOGS, limit: 6 });
    expect(upstream.requests[0]?.params).toMatchObject({ limit: "7", direction: "backward" });
    expect(upstream.requests[0]?.headers["x-loki-response-encoding-flags"]).toBe("categorize-labels");
    expect(data.lines).toHaveLength(6);
    expect(data.limitReached).toBe(true);
    const all = (await queryLogs(call, { ...LOGS, limit: 7 })).data;
    expect(all.limitReached).toBe(false);
    expect(all.lines.slice(0, 6)).toEqual(data.lines);
  });

  it("keeps the oldest lines when going forward, newest first still", async () => {
    replay(named("range-streams-forward"));
    const { data } = await queryLogs(call, { ...LOGS, limit: 4, direction: "forward" });
    const times = data.lines.map(({ timestampNs }) => timestampNs.slice(-3));
    expect(times).toEqual(["009", "006", "003", "000"]);
    expect(data.limitReached).toBe(true);
  });

  it("tells metadata and parsed fields from labels", async () => {
    replay(named("pipe-json-categorize"));
    const [line] = (await queryLogs(call, LOGS)).data.lines;
    expect(line?.labels).toEqual({ level: "error", node: "ai1", service: "api", service_name: "api" });
    expect(line?.fields).toMatchObject({ detected_level: "error", latency_ms: "1019", user_name: "u1" });
    expect(line?.level).toBe("error");
  });

  it.each(["00", "abc", "1", "200,5"])("refuses the answer %s", async (body) => {
    upstream.answer = () => ({ body });
    await expect(queryLogs(call, LOGS)).rejects.toMatchObject({ code: "upstream_error" });
  });

  it.each([0, -1, 1.5, MAX_LINES + 1])("refuses the limit %s before asking", async (limit) => {
    await expect(queryLogs(call, { ...LOGS, limit })).rejects.toMatchObject({
      code: "invalid",
      fields: [{ path: "limit" }],
    });
    expect(upstream.requests).toEqual([]);
  });

  it("refuses numbers where lines are asked for, and lines where numbers are", async () => {
    replay(named("matrix-rate"));
    await expect(queryLogs(call, LOGS)).rejects.toMatchObject({ code: "bad_query" });
    replay(named("range-streams-forward"));
    await expect(queryRange(call, { expr: "x", grid: GRID })).rejects.toMatchObject({ code: "bad_query" });
  });
});

describe("numbers", () => {
  it("leaves missing points missing and drops those past the end", async () => {
    replay(named("matrix-count"));
    const grid = { startSeconds: 1_795_211_160, stepSeconds: 120, points: 4 };
    const { data } = await queryRange(call, { expr: "x", grid });
    expect(data[0]?.values).toEqual([null, 1, 1, 2]);
    expect(upstream.requests[0]?.params).toMatchObject({
      start: "1795211160",
      end: "1795211520",
      step: "120",
    });
  });

  it.each(["query-inf", "query-nan"])("reads the NaN of %s as a gap", async (name) => {
    replay(named(name));
    const { data } = await queryInstant(call, { expr: "x", atMs: 1_795_212_180_000 });
    expect(data).toEqual([{ labels: {}, timestampSeconds: 1_795_212_180, value: null }]);
  });

  it("gives a scalar the time that was asked for, not Loki's", async () => {
    replay(named("query-scalar"));
    const { data } = await queryInstant(call, { expr: "1+1", atMs: 1_795_212_180_000 });
    expect(data).toEqual([{ labels: {}, timestampSeconds: 1_795_212_180, value: 2 }]);
  });
});

describe("errors", () => {
  it.each([
    ["err-parse", "bad_query", "refused"],
    ["err-range-too-long", "query_too_expensive", "refused"],
    ["limit-max-series", "query_too_expensive", "refused"],
    ["matrix-too-many-points", "query_too_expensive", "refused"],
    ["limit-bytes-read-flushed-metric", "query_too_expensive", "refused"],
    ["limit-query-timeout", "upstream_timeout", "slow"],
    ["overload-too-many-outstanding", "upstream_unavailable", "slow"],
    ["ready-early", "upstream_unavailable", "down"],
  ])("%s is %s", async (name, code, fault) => {
    replay(named(name));
    await expect(queryLogs(call, LOGS)).rejects.toMatchObject({ code, fault });
  });

  it("does not take a proxy's page for Loki's words", async () => {
    upstream.answer = () => ({ status: 400, contentType: "text/html", body: "<h1>Bad Request</h1>" });
    await expect(queryLogs(call, LOGS)).rejects.toMatchObject({ code: "upstream_error" });
  });
});
