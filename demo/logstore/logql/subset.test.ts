import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RECORDED_PUSH_MS, startTestStore, type TestStore } from "../testing.ts";

const BASE_NS = BigInt(RECORDED_PUSH_MS - 600_000) * 1_000_000n;
const LINES = [
  'level=info msg="a b" took=150ms size=2KB n=1',
  "level=warn took=1.5s size=3KiB n=2",
  "level=error took=soon size=big n=many",
  "no fields here",
];

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
  const values = LINES.map((line, i) => [String(BASE_NS + BigInt(i) * 60_000_000_000n), line]);
  const streams = [
    { stream: { app: "x", pod: "p1" }, values },
    { stream: { app: "x", pod: "p2" }, values: values.slice(0, 1) },
  ];
  const headers = { "content-type": "application/json" };
  await test.ask("POST", "/loki/api/v1/push", { headers, body: JSON.stringify({ streams }) });
});
afterAll(() => test.close());

async function ask(verb: "query" | "query_range", query: string): Promise<{ status: number; body: string }> {
  return test.ask("GET", `/loki/api/v1/${verb}?${new URLSearchParams({ query, direction: "forward" })}`);
}

async function lines(query: string): Promise<string[]> {
  const { status, body } = await ask("query_range", query);
  expect([status, body.slice(0, 200)]).toEqual([200, expect.anything()]);
  const { data } = JSON.parse(body) as { data: { result: { values: [string, string][] }[] } };
  return data.result
    .flatMap(({ values }) => values)
    .sort()
    .map(([, line]) => line);
}

/** Each series as `labels value`. */
async function vector(query: string): Promise<string[]> {
  const { status, body } = await ask("query", query);
  if (status !== 200) return [body];
  const { data } = JSON.parse(body) as {
    data: { resultType: string; result: { metric: Record<string, string>; value: [number, string] }[] };
  };
  if (data.resultType === "scalar") return [String(data.result[1])];
  return data.result.map(({ metric, value }) => `${JSON.stringify(metric)} ${value[1]}`);
}

describe("label filters", () => {
  it.each([
    ['{pod="p1"} | logfmt | took > 1s', [1, 2]],
    ['{pod="p1"} | logfmt | took > 1s | __error__=""', [1]],
    ['{pod="p1"} | logfmt | size >= 3KB | __error__=""', [1]],
    ['{pod="p1"} | logfmt | n != 1 | __error__=""', [1]],
    ['{pod="p1"} | logfmt | level="info" or level="error"', [0, 2]],
    ['{pod="p1"} | logfmt | level=~"in.*|warn", msg!=""', [0]],
    ['{pod="p1"} | logfmt | (level="info" or level="warn") and n="2"', [1]],
    ['{pod="p1"} |= "level" !~ "warn|info"', [2]],
    ['{pod="p1", app!~"y|z"} != "level"', [3]],
  ])("%s", async (query, expected) => {
    expect(await lines(query)).toEqual(expected.map((i) => LINES[i]));
  });
});

describe("metric queries", () => {
  it.each([
    ['sum(count_over_time({app="x"}[1h]))', ["{} 5"]],
    ['count by (app) (count_over_time({app="x"} |= "info" [1h]))', ['{"app":"x"} 2']],
    [
      'max without (detected_level, service_name, app) (count_over_time({pod="p1"} |= "=" [1h]))',
      ['{"pod":"p1"} 1'],
    ],
    ['avg(count_over_time({app="x"} |= "info" [1h]))', ["{} 1"]],
    ['sum by (pod) (bytes_over_time({app="x"} |= "took=1.5s" [1h]))', ['{"pod":"p1"} 34']],
    ['topk(1, sum by (pod) (count_over_time({app="x"}[1h])))', ['{"pod":"p1"} 4']],
    ['sum by (pod) (count_over_time({app="x"}[1h])) > 1', ['{"pod":"p1"} 4']],
    ['2 < sum by (pod) (count_over_time({app="x"}[1h]))', ['{"pod":"p1"} 4']],
    ['(sum(count_over_time({app="x"}[1h])) - 1) / 8', ["{} 0.5"]],
    ['sum(count_over_time({app="x"}[1h])) / 0', ["{} NaN"]],
    ["(1 + 2) * 3", ["9"]],
    ["-5 + 1", ["-4"]],
  ])("%s", async (query, expected) => {
    expect(await vector(query)).toEqual(expected);
  });

  it("refuses numbers from lines that could not be read", async () => {
    const [error] = await vector('sum(count_over_time({pod="p1"} | json [1h]))');
    expect(error).toMatch(/^pipeline error: 'JSONParserErr' for series: '\{.*pod="p1".*\}'/);
  });
});

describe("what is not supported says so", () => {
  it.each([
    "1 + 2 * 3",
    "(1) + 2 * 3",
    'sum(rate({app="x"}[1m])) / on (pod) sum(rate({app="x"}[1m]))',
    'sum(rate({app="x"}[1m])) > bool 1',
    'sum(rate({app="x"}[1m] offset 1m))',
    'sum(rate({app="x"}[1m])) > sum(rate({app="x"}[1m]))',
    'stddev(rate({app="x"}[1m]))',
    'topk(0, rate({app="x"}[1m]))',
    '{app="x"} | level="a" and level="b" or level="c"',
    '{app="x"} | (level="a") or level="b" and level="c"',
    '{app="x"} |= "a" or "b"',
    '{app="x"} | logfmt --strict',
    '{app="x"} | unpack',
    '{app="\\xff"}',
    `{app="${"x".repeat(6000)}"}`,
  ])("%s", async (query) => {
    for (const verb of ["query", "query_range"] as const) {
      const { status, body } = await ask(verb, query);
      if (verb === "query" && status === 400) expect(body).toContain("log queries are not supported");
      else
        expect([status, body]).toEqual([
          501,
          expect.stringMatching(/^not supported by the demo's log store: /),
        ]);
    }
  });
});

it.each([
  "/loki/api/v1/label/%zz/values",
  "//",
  "/loki/api/v1/query?query=%00",
  "/loki/api/v1/series?match[]=1",
])("answers %s with an error of the client's", async (target) => {
  const { status } = await test.ask("GET", target);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
});
