import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { promtoolBinary } from "#demo/cluster/binaries.ts";
import { ADMIN } from "#lib/server/testing/actors.ts";
import { type RealServer, startPrometheus } from "#lib/server/testing/real-servers.ts";
import { TAKES_REMOTE_WRITE, type WrittenSeries, writeSeries } from "#lib/server/testing/write-series.ts";
import { foreignListener } from "./testing/exchange.ts";

const run = promisify(execFile);
const MINUTE_MS = 60_000;
const toMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
const span = { fromMs: toMs - 60 * MINUTE_MS, toMs, stepMs: 15_000 };
/** Long settled, on every step below. */
const END = toMs / 1000 - 600;
const START = END - 1_800;

function seriesOf(
  name: string,
  labels: Record<string, string>,
  valueAt: WrittenSeries["valueAt"],
): WrittenSeries {
  return { name, labels, valueAt };
}
const WORLD: WrittenSeries[] = [
  ...["a", "b", "c"].flatMap((job, nth) => [
    seriesOf(
      "requests_total",
      { job, path: 'quote " back\\slash \n ü' },
      (tMs) => ((tMs / 1000) % 1_200) * (nth + 1),
    ),
    seriesOf(
      "odd",
      { job },
      (tMs) => [Infinity, -Infinity, 1e-9, 0.1 + 0.2, -0, 1e21][(tMs / 15_000 + nth) % 6] ?? 1,
    ),
    ...["0.1", "1", "+Inf"].map((le, bucket) =>
      seriesOf("seconds_bucket", { job, le }, (tMs) => Math.floor(tMs / 1000) * (bucket + 1)),
    ),
  ]),
  seriesOf("gaps", {}, (tMs) => (Math.floor(tMs / 600_000) % 2 === 0 ? 1 : NaN)),
];

let prometheus: RealServer;
let listener: Awaited<ReturnType<typeof foreignListener>>;
beforeAll(async () => {
  prometheus = await startPrometheus({ flags: [TAKES_REMOTE_WRITE, "--query.max-samples=6000"] });
  await writeSeries(prometheus.url, WORLD, span);
  listener = await foreignListener({
    sources: [{ kind: "prometheus", name: "contract", url: prometheus.url }],
    actor: () => ADMIN,
  });
});
afterAll(async () => {
  await listener.close();
  await prometheus.remove();
});

interface Told {
  status: number;
  contentType: string | null;
  body: string;
}

async function ask(base: string, path: string, init?: RequestInit): Promise<Told> {
  const response = await fetch(`${base}${path}`, init);
  const contentType = response.headers.get("content-type");
  return { status: response.status, contentType, body: await response.text() };
}
const direct = (path: string, init?: RequestInit) => ask(prometheus.url, path, init);
const through = (path: string, init?: RequestInit) => ask(`${listener.url}/api/prometheus`, path, init);

/** Asked directly, through us, and through us again. */
async function requireEqual(path: string, init?: RequestInit): Promise<Told> {
  const told = await direct(path, init);
  expect(await through(path, init)).toEqual(told);
  expect(await through(path, init)).toEqual(told);
  return told;
}

async function queriesAnswered(): Promise<number> {
  const { body } = await direct("/metrics");
  const lines = body.match(
    /^prometheus_http_requests_total\{[^}]*handler="\/api\/v1\/query_range"[^}]*\} \d+/gm,
  );
  return (lines ?? []).reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
}
/** How many ranges Prometheus was asked for meanwhile. */
async function askedDuring(work: () => Promise<unknown>): Promise<number> {
  const before = await queriesAnswered();
  await work();
  return (await queriesAnswered()) - before;
}

const range = (query: string, more: Record<string, string> = {}) =>
  `/api/v1/query_range?${new URLSearchParams({ query, start: `${START}`, end: `${END}`, step: "30", ...more })}`;
const instant = (query: string, more: Record<string, string> = {}) =>
  `/api/v1/query?${new URLSearchParams({ query, time: `${END}`, ...more })}`;

const QUERIES = [
  "requests_total",
  "sum by (job) (rate(requests_total[5m]))",
  "rate(requests_total[2m]) / 0",
  "0 * rate(requests_total[2m]) / 0",
  "odd",
  "-odd",
  "gaps",
  "gaps or vector(0)",
  "nothing_of_this_name",
  "histogram_quantile(0.9, sum by (le) (rate(seconds_bucket[5m])))",
  "histogram_quantile(2, sum by (le) (rate(seconds_bucket[5m])))",
  "sort_desc(sum by (job) (requests_total))",
  "topk(2, requests_total)",
  "scalar(sum(requests_total))",
  "time()",
  "vector(1)",
  "1",
  "requests_total offset 5m",
  "requests_total offset -5m",
  "requests_total @ end()",
  "max_over_time(rate(requests_total[1m])[10m:1m])",
  'label_replace(requests_total, "x", "$1", "job", "(.*)")',
  'requests_total{path="quote \\" back\\\\slash \\n ü"}',
  '"a string"',
  "requests_total[5m]",
  "",
  "sum(",
  "sum(1)",
  "nobody(requests_total)",
  "requests_total * on (nothing) requests_total",
  'label_replace(requests_total, "job", "same", "", "") * 1',
  '{__name__=~".+"}',
  "sum_over_time(odd[1h:1s])",
];

test.each(QUERIES)("over a range: %s", async (query) => {
  await requireEqual(range(query));
});

test.each(QUERIES)("at one time: %s", async (query) => {
  await requireEqual(instant(query));
});

test("the table has what goes wrong in it, and what is no number", async () => {
  const answers = await Promise.all(
    QUERIES.flatMap((query) => [direct(range(query)), direct(instant(query))]),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 400, 422]));
  const all = answers.map(({ body }) => body).join("");
  const texts = [
    '"NaN"',
    '"+Inf"',
    '"-Inf"',
    '"1e-09"',
    '"-0"',
    '"result":[]',
    "too many samples",
    "many-to-many",
  ];
  expect(texts.filter((text) => !all.includes(text))).toEqual([]);
});

test.each([
  ["off its grid", { start: `${START + 7}`, end: `${END + 7}` }],
  ["in fractions", { start: `${START + 0.25}`, end: `${END + 0.25}`, step: "0.5" }],
  ["in RFC 3339", { start: new Date(START * 1000).toISOString(), end: new Date(END * 1000).toISOString() }],
  ["with a step in words", { step: "1m30s" }],
  ["up to now", { end: `${toMs / 1000}` }],
  ["ahead of now", { end: `${toMs / 1000 + 3_600}` }],
  ["backwards", { start: `${END}`, end: `${START}` }],
  ["with a step of none", { step: "0" }],
  ["with a step back", { step: "-30" }],
  ["with a step that is none", { step: "x" }],
  ["with times that are none", { start: "x", end: "y" }],
  ["with a time missing", { start: "" }],
  ["with 11,001 points", { start: `${END - 11_000}`, step: "1", query: "vector(1)" }],
  ["with 11,002 points", { start: `${END - 11_001}`, step: "1", query: "vector(1)" }],
  ["with another lookback", { lookback_delta: "1s" }],
  ["with an unreadable lookback", { lookback_delta: "x" }],
  ["with a limit", { limit: "1" }],
])("a range %s", async (_, more) => {
  await requireEqual(range("requests_total", more));
});

describe("other endpoints and forms", () => {
  const form = (params: Record<string, string>): RequestInit => ({
    method: "POST",
    body: new URLSearchParams(params),
  });
  const span = { start: `${START}`, end: `${END}` };

  test.each<[string, string, RequestInit?]>([
    ["a range as a form", "/api/v1/query_range", form({ query: "requests_total", ...span, step: "30" })],
    ["a form before the address", `${range("nothing")}`, form({ query: "requests_total" })],
    ["an instant as a form", "/api/v1/query", form({ query: "odd", time: `${END}` })],
    [
      "a long form",
      "/api/v1/query",
      form({ query: `requests_total ${"or requests_total ".repeat(300)}`, time: `${END}` }),
    ],
    ["series", "/api/v1/series?match[]=requests_total&match[]=odd"],
    ["series as a form", "/api/v1/series", form({ "match[]": "requests_total", ...span })],
    ["series without a match", "/api/v1/series"],
    ["series of nothing", "/api/v1/series?match[]=nothing"],
    ["series that cannot be read", "/api/v1/series?match[]={"],
    ["labels", "/api/v1/labels"],
    ["labels of some", "/api/v1/labels?match[]=odd"],
    ["values of a label", "/api/v1/label/job/values"],
    ["values of no label", "/api/v1/label/nothing/values"],
    ["names", '/api/v1/label/__name__/values?match[]={job="a"}'],
    ["exemplars", `/api/v1/query_exemplars?query=requests_total&start=${START}&end=${END}`],
    ["metadata", "/api/v1/metadata"],
    ["rules", "/api/v1/rules"],
    ["alerts", "/api/v1/alerts"],
    ["the build", "/api/v1/status/buildinfo"],
  ])("%s", async (_, path, init) => {
    await requireEqual(path, init);
  });
});

describe("what is kept", () => {
  const twice = (path: string) => askedDuring(async () => [await through(path), await through(path)]);

  it("is a settled range on its grid: asked for once", async () => {
    expect(await twice(range("requests_total + 1"))).toBe(1);
  });

  it("is the same in other words of the same form, and compressed", async () => {
    const path = range("requests_total + 2");
    const { body } = await through(path, { headers: { "accept-encoding": "identity" } });
    const asked = await askedDuring(async () => {
      const again = await through(path.replaceAll("+", "%20"), { headers: { "accept-encoding": "gzip" } });
      expect(again.body).toBe(body);
      const [address = "", params = ""] = path.split("?");
      const form = { method: "POST", body: new URLSearchParams(params) };
      expect((await through(address, form)).body).toBe(body);
    });
    expect(asked).toBe(0);
  });

  test.each([
    ["one off its grid", range("requests_total", { start: `${START + 1}` })],
    ["one up to now", range("requests_total", { end: `${Math.ceil(Date.now() / 30_000) * 30}` })],
    ["one that looks ahead", range("requests_total offset -1h")],
    ["one with statistics", range("requests_total", { stats: "all" })],
  ])("is not %s", async (_, path) => {
    expect(await twice(path)).toBe(2);
  });

  it("is, for seconds, that a query was refused", async () => {
    expect(await twice(range("requests_total * on (nothing) odd"))).toBe(1);
  });
});

describe("promtool", () => {
  const promtool = async (base: string, ...words: string[]) =>
    run(await promtoolBinary(), ["query", ...words.map((word) => (word === "SERVER" ? base : word))]).then(
      ({ stdout, stderr }) => ({ stdout, stderr, code: 0 }),
      (error: { stdout: string; stderr: string; code: number }) => ({
        stdout: error.stdout,
        stderr: error.stderr,
        code: error.code,
      }),
    );
  const times = [`--start=${START}`, `--end=${END}`];

  test.each<[string, string[]]>([
    [
      "a range",
      [
        "range",
        "--header=authorization=Bearer bl_x",
        ...times,
        "--step=30s",
        "SERVER",
        "sum by (job) (rate(requests_total[5m]))",
      ],
    ],
    ["a range that is refused", ["range", ...times, "--step=30s", "SERVER", "sum("]],
    ["one time", ["instant", `--time=${END}`, "SERVER", "odd"]],
    ["series", ["series", "--match=requests_total", ...times, "SERVER"]],
    ["labels", ["labels", ...times, "SERVER", "job"]],
  ])("says the same of %s", async (_, words) => {
    const told = await promtool(prometheus.url, ...words);
    expect(told.stdout + told.stderr).not.toBe("");
    expect(await promtool(`${listener.url}/api/prometheus`, ...words)).toEqual(told);
  });
});
