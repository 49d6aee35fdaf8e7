import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Asked, exploreAnswer } from "./explore.queries.ts";
import { ProblemError } from "./fetch-json.ts";

const FIXED = { from: "1970-01-01T00:16:47.000Z", to: "1970-01-01T01:16:47.000Z" };
const asked = (more: Partial<Asked> = {}): Asked => ({
  lang: "promql",
  q: "up",
  span: "range",
  step: null,
  range: FIXED,
  ...more,
});
const EMPTY =
  '{"status":"success","data":{"resultType":"vector","result":[]},"warnings":["w"],"infos":["i"]}';

const fetched = vi.fn<typeof fetch>();
beforeEach(() => {
  vi.stubGlobal("fetch", fetched);
  fetched.mockImplementation(() => Promise.resolve(new Response(EMPTY)));
});
afterEach(() => {
  vi.unstubAllGlobals();
  fetched.mockReset();
});

const run = (question: Asked) => new QueryClient().query(exploreAnswer(question));
const sent = () => {
  const [path, init] = fetched.mock.calls[0] ?? [];
  return [path, Object.fromEntries((init?.body ?? []) as URLSearchParams)];
};

test.each([
  // From 1007 s to 4607 s: both ends on multiples of the step.
  [
    asked(),
    "/api/prometheus/api/v1/query_range",
    { query: "up", start: "1005", end: "4605", step: "15", stats: "all", limit: "2000" },
  ],
  [
    asked({ step: 300 }),
    "/api/prometheus/api/v1/query_range",
    { query: "up", start: "900", end: "4500", step: "300", stats: "all", limit: "2000" },
  ],
  [
    asked({ span: "instant" }),
    "/api/prometheus/api/v1/query",
    { query: "up", time: "4607", stats: "all", limit: "2000" },
  ],
  [
    asked({ lang: "logql", q: 'rate({a="b"}[1m])' }),
    "/api/loki/loki/api/v1/query_range",
    { query: 'rate({a="b"}[1m])', start: "1005000000000", end: "4605000000000", step: "15" },
  ],
  [
    asked({ lang: "logql", q: "vector(1)", span: "instant" }),
    "/api/loki/loki/api/v1/query",
    { query: "vector(1)", time: "4607000000000" },
  ],
])("asks the source itself: %j", async (question, path, params) => {
  const answer = await run(question);
  expect(sent()).toEqual([path, params]);
  expect(answer).toMatchObject({
    raw: EMPTY,
    warnings: ["w", "i"],
    lines: null,
    figures: { kind: "vector" },
  });
});

test("a query for lines is asked as the Logs page asks it", async () => {
  const lines = { lines: [], limitReached: false };
  const measured = { data: lines, asOf: null, stale: false, partial: false, warnings: [] };
  fetched.mockImplementation(() => Promise.resolve(Response.json(measured)));
  const answer = await run(asked({ lang: "logql", q: '{a="b"}' }));
  const url = new URL(String(fetched.mock.calls[0]?.[0]), "http://x");
  expect([url.pathname, url.searchParams.get("start")]).toEqual(["/api/v1/logs/lines", "1007000000000"]);
  expect(answer).toMatchObject({ lines, figures: null, cost: { samples: null } });
});

test.each([
  [
    400,
    '{"status":"error","errorType":"bad_data","error":"1:3: parse error"}',
    "bad_query",
    "bad_data",
    "1:3: parse error",
  ],
  [403, '{"status":"error","errorType":"forbidden","error":"not you"}', "forbidden", "forbidden", "not you"],
  [422, "{", "bad_query", "The source answered 422", "{"],
  [
    400,
    "parse error at line 1, col 2\n",
    "bad_query",
    "The source answered 400",
    "parse error at line 1, col 2",
  ],
  [502, "", "upstream_error", "The source answered 502", "without an explanation"],
])("a refusal %i of %j in the source's own words", async (status, text, code, title, detail) => {
  fetched.mockImplementation(() => Promise.resolve(new Response(text, { status })));
  const error = await run(asked()).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ProblemError);
  expect((error as ProblemError).problem).toMatchObject({ code, title, detail, status });
});

test("an answer of another shape is none", async () => {
  fetched.mockImplementation(() => Promise.resolve(new Response("<html>")));
  await expect(run(asked())).rejects.toBeInstanceOf(ProblemError);
});
