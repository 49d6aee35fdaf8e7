import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "#lib/server/errors.ts";
import { QUERY_LIMITS } from "../limits.ts";
import { errorReply, startFakeUpstream, type FakeUpstream } from "../testing/fake-upstream.ts";
import { UpstreamError } from "../upstream-error.ts";
import { buildInfo, labelValues, queryInstant, queryRange, ruleAlerts, type Call } from "./client.ts";

interface Exchange {
  name: string;
  status: number;
  contentType: string;
  query: { start?: number; end?: number; step?: number };
  body: string;
}

/** Bodies that real servers answered, byte for byte. */
function recorded(version: string): (name: string) => Exchange {
  const file = new URL(`./fixtures/${version}.json`, import.meta.url);
  const { exchanges } = JSON.parse(readFileSync(file, "utf8")) as { exchanges: Exchange[] };
  return (name) => {
    const found = exchanges.find((exchange) => exchange.name === name);
    if (!found) throw new Error(`nothing recorded as ${name}`);
    return found;
  };
}

let upstream: FakeUpstream;
let call: Call;
beforeEach(async () => {
  upstream = await startFakeUpstream("prometheus", () => ({ body: "" }));
  call = { source: upstream.source, signal: new AbortController().signal, limits: QUERY_LIMITS };
});
afterEach(() => upstream.close());

async function failure(promise: Promise<unknown>): Promise<UpstreamError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UpstreamError)) throw new Error(`expected an UpstreamError, got ${String(error)}`);
  return error;
}

describe.each(["2.42.0", "3.5.3"])("answers recorded from Prometheus %s", (version) => {
  const exchange = recorded(version);
  const replay = (name: string) => {
    upstream.answer = () => exchange(name);
  };
  const instant = (name: string) => {
    replay(name);
    return queryInstant(call, { expr: "up", atMs: 1_795_213_496_000 });
  };
  const range = (name: string) => {
    replay(name);
    const { start = 0, end = 0, step = 1 } = exchange(name).query;
    const grid = { startSeconds: start, stepSeconds: step, points: (end - start) / step + 1 };
    return queryRange(call, { expr: "up", grid });
  };

  test("a vector", async () => {
    const { data, warnings, partial } = await instant("query-vector");
    expect(data).toContainEqual({
      labels: { __name__: "up", instance: "127.0.0.1:29100", job: "node" },
      timestampSeconds: 1_795_213_496,
      value: 1,
    });
    expect(data).toHaveLength(version === "2.42.0" ? 4 : 6);
    expect({ warnings, partial }).toEqual({ warnings: [], partial: false });
  });
  test.each([
    ["query-vector-empty", []],
    ["query-nan", [null]],
    ["query-inf", [null]],
    ["query-neg-inf", [null]],
    ["query-tiny", [1e-9]],
    ["query-scalar", [version === "2.42.0" ? 3 : 4]],
  ])("%s", async (name, values) => {
    expect((await instant(name)).data.map((sample) => sample.value)).toEqual(values);
  });
  test("a native histogram is left out, and said so", async () => {
    const { data, warnings, partial } = await instant("query-native-histogram");
    expect(data).toEqual([]);
    expect(warnings).toEqual(["1 series hold native histograms, which were left out"]);
    expect(partial).toBe(true);
  });
  test("native histograms in a range are left out, and said so", async () => {
    const { data, warnings, partial } = await range("range-native");
    expect(data).toEqual([]);
    expect(warnings).toEqual(["1 series hold native histograms, which were left out"]);
    expect(partial).toBe(true);
  });
  test("a range on its grid", async () => {
    const { data } = await range("range");
    const node = data.find(({ labels }) => labels.instance === "127.0.0.1:29100");
    expect(node?.values).toEqual([1, 1, 1, 1, 1]);
    expect((await range("range-empty")).data).toEqual([]);
  });
  test("missing points are gaps, never zeros", async () => {
    const { data } = await range("range-gap");
    expect(data.map(({ values }) => values)).toEqual([
      [null, null, null, null, 2310, 5910, 9510],
      [null, null, null, null, 40.740000000000116, 43.14000000000049, 84.74000000000048],
    ]);
  });
  test.each([
    ["query-parse-error", "bad_query", "refused", "1:5: parse error: unclosed left parenthesis"],
    ["query-type-error", "bad_query", "refused", "parse error: expected type instant vector"],
    ["query-m2m", "bad_query", "refused", "found duplicate series for the match group"],
    [
      "query-duplicate-labelset",
      "bad_query",
      "refused",
      "vector cannot contain metrics with the same labelset",
    ],
    ["range-11001-points", "query_too_expensive", "refused", "exceeded maximum resolution of 11,000 points"],
    ["range-max-samples", "query_too_expensive", "refused", "too many samples into memory"],
    ["query-timeout", "upstream_timeout", "slow", "query timed out in expression evaluation"],
    ["err-404", "upstream_error", "foreign", "HTTP 404: 404 page not found"],
    ["err-405", "upstream_error", "foreign", "HTTP 405: Method Not Allowed"],
    ["query-string", "bad_query", "refused", "answers a string"],
    ["query-matrix", "bad_query", "refused", "answers a range vector"],
  ])("%s is %s (%s)", async (name, code, fault, words) => {
    const error = await failure(instant(name));
    expect(error).toMatchObject({ code, fault });
    expect(error.message).toContain(words);
  });
  test("a range that timed out", async () => {
    expect(await failure(range("range-timeout"))).toMatchObject({ code: "upstream_timeout", fault: "slow" });
  });
  test("label values and build information", async () => {
    replay("label-values");
    expect((await labelValues(call, { label: "job" })).data).toContain("deadtarget");
    replay("buildinfo");
    expect((await buildInfo(call)).data.version).toMatch(version === "2.42.0" ? /^2\.42/ : /^3\.5\.3/);
  });
  test("alerts: firing and pending, times as UTC milliseconds", async () => {
    replay("alerts");
    const { data } = await ruleAlerts(call);
    expect(data.map((alert) => [alert.labels.alertname, alert.state])).toEqual([
      ["TargetDown", "firing"],
      ...(version === "3.5.3" ? [["TargetDown", "firing"]] : []),
      ["AlwaysPending", "pending"],
    ]);
    expect(data[0]?.startedAt).toMatch(/^2026-11-20T22:22:\d\d\.\d{3}Z$/);
  });
});

describe("warnings", () => {
  test("infos and PromQL's own warnings are carried, and nothing is missing for them", async () => {
    const exchange = recorded("3.5.3");
    upstream.answer = () => exchange("query-info-annotation");
    expect(await queryInstant(call, { expr: "x" })).toMatchObject({
      warnings: [expect.stringMatching(/^PromQL info: metric might not be a counter/)],
      partial: false,
    });
    upstream.answer = () => exchange("query-warning-quantile");
    expect(await queryInstant(call, { expr: "x" })).toMatchObject({
      data: [{ value: null }],
      warnings: [expect.stringMatching(/^PromQL warning: quantile value should be between 0 and 1/)],
      partial: false,
    });
  });
  test.each(["results truncated due to limit", "remote store b: connection refused"])(
    "%s: partial",
    async (w) => {
      const body = { status: "success", data: { resultType: "vector", result: [] }, warnings: [w] };
      upstream.answer = () => ({ body: JSON.stringify(body) });
      expect(await queryInstant(call, { expr: "x" })).toEqual({ data: [], warnings: [w], partial: true });
    },
  );
  test("points beside the grid are dropped, never moved", async () => {
    const values = [
      [100, "1"],
      [117, "2"],
      [130, "3"],
      [145, "4"],
    ];
    const data = { resultType: "matrix", result: [{ metric: {}, values }] };
    upstream.answer = () => ({ body: JSON.stringify({ status: "success", data }) });
    const told = await queryRange(call, {
      expr: "x",
      grid: { startSeconds: 100, stepSeconds: 15, points: 3 },
    });
    expect(told).toEqual({
      data: [{ labels: {}, values: [1, null, 3] }],
      warnings: ["2 points lie off the asked grid and were left out"],
      partial: true,
    });
  });
});

describe("how it asks", () => {
  const empty = { body: JSON.stringify({ status: "success", data: { resultType: "vector", result: [] } }) };
  beforeEach(() => {
    upstream.answer = () => empty;
  });
  test("GET for short queries, a POST form for long ones, with the same parameters", async () => {
    const long = `up{job=~"${"x".repeat(3000)}&+é"}`;
    await queryInstant(call, { expr: "up", atMs: 1_500 });
    await queryInstant(call, { expr: long });
    expect(upstream.requests).toMatchObject([
      { method: "GET", path: "/api/v1/query", params: { query: "up", time: "1.500", timeout: "15000ms" } },
      { method: "POST", path: "/api/v1/query", params: { query: long, timeout: "15000ms" } },
    ]);
    expect(upstream.requests[1]?.params).not.toHaveProperty("time");
    expect(upstream.requests[0]?.headers["accept-encoding"]).toBe("identity");
  });
  test("a label's name cannot leave its place in the path", async () => {
    upstream.answer = () => ({ body: JSON.stringify({ status: "success", data: [] }) });
    await labelValues(call, { label: "../../admin?x=", match: 'up{job="a"}' });
    expect(upstream.requests[0]).toMatchObject({
      path: "/api/v1/label/..%2F..%2Fadmin%3Fx%3D/values",
      params: { "match[]": 'up{job="a"}' },
    });
  });
});

describe("what no Prometheus says", () => {
  test.each([
    [{ status: 200, contentType: "text/html", body: "<html>Sign in</html>" }, "upstream_error", "foreign"],
    [{ status: 401, contentType: "text/plain", body: "Unauthorized" }, "upstream_error", "foreign"],
    [{ status: 302, headers: { location: "/login" }, body: "" }, "upstream_error", "foreign"],
    [{ status: 500, contentType: "text/plain", body: "boom" }, "upstream_error", "down"],
    [{ status: 502, contentType: "text/html", body: "<h1>Bad Gateway</h1>" }, "upstream_unavailable", "down"],
    [errorReply(503, "unavailable", "TSDB not ready"), "upstream_unavailable", "down"],
    [errorReply(422, "execution", "expanding series: context deadline exceeded"), "upstream_timeout", "slow"],
    [errorReply(500, "internal", "disk on fire"), "upstream_error", "down"],
    [errorReply(418, "teapot", "short and stout"), "upstream_error", "refused"],
    [
      { body: '{"status":"success","data":{"resultType":"vector","result":[{"metric":1}]}}' },
      "upstream_error",
      "foreign",
    ],
    [{ body: '{"status":"success","data":{"resultType":"vector","result":[' }, "upstream_error", "foreign"],
  ])("%j is %s", async (reply, code, fault) => {
    upstream.answer = () => reply;
    expect(await failure(queryInstant(call, { expr: "up" }))).toMatchObject({ code, fault });
  });
  test.each(['[1,"1"],[2]', "[1,2]", '["1","1"]', "{}", "null"])("a range with values %s", async (values) => {
    const data = `{"resultType":"matrix","result":[{"metric":{},"values":[${values}]}]}`;
    upstream.answer = () => ({ body: `{"status":"success","data":${data}}` });
    const grid = { startSeconds: 1, stepSeconds: 1, points: 2 };
    expect(await failure(queryRange(call, { expr: "up", grid }))).toMatchObject({ code: "upstream_error" });
  });
  test("too many series", async () => {
    const result = [1, 2, 3].map((n) => ({ metric: { n: String(n) }, value: [1, "1"] }));
    upstream.answer = () => ({
      body: JSON.stringify({ status: "success", data: { resultType: "vector", result } }),
    });
    const tight = { ...call, limits: { ...QUERY_LIMITS, maxSeries: 2 } };
    expect(await failure(queryInstant(tight, { expr: "up" }))).toMatchObject({ code: "query_too_expensive" });
  });
  test("an error never carries a status of its own", async () => {
    upstream.answer = () => errorReply(400, "bad_data", "no");
    const error = await failure(queryInstant(call, { expr: "up" }));
    expect(error).toBeInstanceOf(AppError);
    expect(error.message).toBe("no");
  });
});
