import { readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import type { UpstreamAnswer } from "../http.ts";
import type { ForeignKind } from "./endpoint.ts";
import { findTarget } from "./find-target.ts";
import { keepMs } from "./keep-ms.ts";
import { stepSeconds, timeSeconds } from "./times.ts";

const NOW_MS = 1_800_000_030_000;
const HALF_HOUR_MS = 1_800_000;
const SOURCES = {
  prometheus: { kind: "prometheus", name: "default", url: "http://prometheus" },
  loki: { kind: "loki", name: "default", url: "http://loki" },
} as const;

function answerOf(body: string, status = 200, contentType = "application/json"): UpstreamAnswer {
  return { status, contentType, body: Buffer.from(body), text: body, durationMs: 1 };
}

function kept(
  kind: ForeignKind,
  path: string,
  params: Record<string, string>,
  answer: UpstreamAnswer,
): number {
  const target = findTarget(`/api/${kind}${path}`)!;
  const asked = { source: SOURCES[kind], target, params: new URLSearchParams(params), askedAtMs: NOW_MS };
  return keepMs(asked, answer);
}

const MATRIX =
  '{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,"NaN"]]}]}}';
const RANGE = "/api/v1/query_range";
const asked = (more: Record<string, string> = {}) => ({
  query: "rate(up[5m])",
  start: "1799996400",
  end: "1799999940",
  step: "60",
  ...more,
});

describe("a range of Prometheus'", () => {
  test.each<[string, Record<string, string>, number]>([
    ["on its grid and settled", {}, HALF_HOUR_MS],
    ["that ends where samples may still arrive late", { end: "1800000000" }, 0],
    ["that ends ahead", { end: "1800003600" }, 0],
    ["that starts off its grid", { start: "1799996401" }, 0],
    ["that ends off its grid", { end: "1799999941" }, 0],
    [
      "in words of its own",
      { start: "2027-01-15T07:00:00Z", end: "2027-01-15T07:59:00.000Z", step: "1m" },
      HALF_HOUR_MS,
    ],
    ["with a step of none", { step: "0" }, 0],
    ["with a step that goes back", { step: "-60" }, 0],
    ["with an unreadable step", { step: "x" }, 0],
    ["with an unreadable end", { end: "x" }, 0],
    ["with statistics", { stats: "all" }, 0],
    ["with an offset back", { query: "up offset 5m" }, HALF_HOUR_MS],
    ["with an offset ahead", { query: "up offset -5m" }, 0],
    ["at a time of its own", { query: "up @ 1900000000" }, 0],
    ["that looks at its end", { query: "end() - time()" }, 0],
  ])("%s", (_, more, ms) => expect(kept("prometheus", RANGE, asked(more), answerOf(MATRIX))).toBe(ms));

  test.each([
    ["empty", '{"status":"success","data":{"resultType":"matrix","result":[]}}', HALF_HOUR_MS],
    ["with a warning", MATRIX.replace(/}$/, ',"warnings":["x"]}'), 0],
    ["with an info", MATRIX.replace(/}$/, ',"infos":["x"]}'), 0],
    ["with a warning that ends as data does", MATRIX.replace(/}$/, ',"warnings":["]}}"]}'), 0],
    ["that is partial", MATRIX.replace(',"data"', ',"isPartial":true,"data"'), 0],
    ["of another type", '{"status":"success","data":{"resultType":"scalar","result":[1,"1"]}}', 0],
    ["cut short", MATRIX.slice(0, -1), 0],
    ["with nothing in it", "", 0],
  ])("whose answer is %s", (_, body, ms) =>
    expect(kept("prometheus", RANGE, asked(), answerOf(body))).toBe(ms),
  );

  it("asked at one time is not kept, whatever the answer looks like", () => {
    expect(kept("prometheus", "/api/v1/query", asked(), answerOf(MATRIX))).toBe(0);
  });
});

test.each([
  [400, '{"status":"error","errorType":"bad_data","error":"1:1: parse error"}', 3_000],
  [422, '{"status":"error","errorType":"execution","error":"many-to-many matching not allowed"}', 3_000],
  [422, '{"status":"error","errorType":"execution","error":"context deadline exceeded"}', 0],
  [503, '{"status":"error","errorType":"timeout","error":"query timed out"}', 0],
  [503, '{"status":"error","errorType":"unavailable","error":"x"}', 0],
  [500, '{"status":"error","errorType":"internal","error":"x"}', 0],
  [404, "404 page not found\n", 0],
  [400, '{"status":"success"}', 0],
])("Prometheus' %i %s stands for %i ms", (status, body, ms) => {
  expect(kept("prometheus", "/api/v1/query", { query: "x" }, answerOf(body, status))).toBe(ms);
});

describe("Loki", () => {
  const lines = { query: '{a="b"}', start: "1799992800000000000", end: "1799996400000000000", step: "60" };
  const counts = { ...lines, query: 'sum(count_over_time({a="b"}[1m]))' };
  const matrix = answerOf('{"status":"success","data":{"resultType":"matrix","result":[],"stats":{}}}');

  test.each<[string, Record<string, string>, UpstreamAnswer, number]>([
    ["counts of an hour ago", counts, matrix, HALF_HOUR_MS],
    ["counts of the last hour", { ...counts, end: "1799996460000000000" }, matrix, 0],
    ["counts with an offset", { ...counts, query: 'rate({a="b"}[1m] offset -1m)' }, matrix, 0],
    [
      "counts with a warning",
      counts,
      answerOf('{"status":"success","warnings":["x"],"data":{"resultType":"matrix"}}'),
      0,
    ],
    ["lines", lines, answerOf('{"status":"success","data":{"resultType":"streams","result":[]}}'), 0],
    ["a refusal", counts, answerOf("parse error at line 1, col 7", 400, "text/plain; charset=utf-8"), 3_000],
    ["too many at once", counts, answerOf("too many outstanding requests", 429, "text/plain"), 0],
    ["a gateway's timeout", counts, answerOf("context canceled", 504, "text/plain"), 0],
  ])("%s", (_, params, answer, ms) =>
    expect(kept("loki", "/loki/api/v1/query_range", params, answer)).toBe(ms),
  );
});

test.each([
  ["15", 15],
  ["0.5", 0.5],
  ["15s", 15],
  ["1h30m", 5_400],
  ["250ms", 0.25],
  ["1d", 86_400],
  ["", NaN],
  ["1h ", NaN],
  ["-1m", NaN],
  [null, NaN],
])("a step of %j is %d s", (text, seconds) => expect(stepSeconds(text)).toBe(seconds));

test.each<[ForeignKind, string | null, number]>([
  ["prometheus", "1800000000", 1_800_000_000],
  ["loki", "1800000000.5", 1_800_000_000.5],
  ["prometheus", "1.8e9", 1_800_000_000],
  ["prometheus", "5e-1", 0.5],
  ["prometheus", "+60", 60],
  ["loki", "1800000000000000000", 1_800_000_000],
  // Prometheus knows no nanoseconds: this is the year 5138, and that is today.
  ["prometheus", "99999999999", 99_999_999_999],
  ["prometheus", "01800000000", 1_800_000_000],
  ["prometheus", "2027-01-15T08:00:00Z", 1_800_000_000],
  ["loki", "later", NaN],
  ["prometheus", "", NaN],
  ["loki", null, NaN],
])("to %s the time %j is %d", (kind, text, seconds) => expect(timeSeconds(text, kind)).toBe(seconds));

it("keeps what Prometheus 3.5.3 and Loki 3.7.6 were recorded to answer only where nothing is wrong with it", () => {
  const recorded = (file: string) =>
    (
      JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8")) as {
        exchanges: { name: string; body: string; status: number }[];
      }
    ).exchanges;
  const clean = (kind: ForeignKind, path: string, params: Record<string, string>, file: string) =>
    recorded(file)
      .filter(({ status, body }) => status === 200 && kept(kind, path, params, answerOf(body)) > 0)
      .map(({ name }) => name);
  expect(clean("prometheus", RANGE, asked(), "../prometheus/fixtures/3.5.3.json")).toEqual([
    "query-matrix",
    "range-native",
    "range",
    "range-empty",
    "range-gap",
  ]);
});
