import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eq, noneOf, oneOf, selector } from "#lib/domain/promql/selector.ts";
import { ADMIN } from "#lib/server/testing/actors.ts";
import {
  startAlertmanager,
  startPrometheus,
  startTarget,
  until,
  type RealServer,
} from "#lib/server/testing/real-servers.ts";
import { sourceLamps } from "./lamps.ts";
import { QUERY_LIMITS } from "./limits.ts";
import { QueryPlane } from "./plane.ts";
import { guardPerSource } from "./upstream-guard.ts";

const HOSTILE = 'a"}or vector(1)#';
const EXPOSITION = `# TYPE jobs gauge
jobs{service="web"} 3
jobs{service="a.b"} 4
jobs{service="a\\"}or vector(1)#"} 5
jobs{service="line\\nbreak\\\\"} 6
jobs{service="nan"} NaN
`;
const RULES = {
  groups: [
    {
      name: "test",
      rules: [
        { alert: "Always", expr: "vector(1)", labels: { severity: "page" }, annotations: { summary: "é" } },
        { alert: "Soon", expr: "vector(1)", for: "1h" },
      ],
    },
  ],
};

let prometheus: RealServer;
let alertmanager: RealServer;
let target: { address: string; close: () => void };
let plane: QueryPlane;
const sources = () => [
  { kind: "prometheus" as const, name: "real", url: prometheus.url },
  { kind: "alertmanager" as const, name: "real", url: alertmanager.url },
];
const context = () => ({ actor: ADMIN, signal: new AbortController().signal });
const ask = (expr: string) => plane.instant(context(), { expr, maxAgeMs: 0 });
const valuesOf = async (expr: string) => (await ask(expr)).data.map(({ value }) => value);

function newPlane(): QueryPlane {
  const guard = { maxConcurrent: 8, maxWaiting: 100, failuresToOpen: 3, openMs: 200 };
  return new QueryPlane({ sources, nowMs: Date.now, limits: QUERY_LIMITS, guardOf: guardPerSource(guard) });
}

beforeAll(async () => {
  [alertmanager, target] = await Promise.all([startAlertmanager(), startTarget(EXPOSITION)]);
  const address = new URL(alertmanager.url).host;
  prometheus = await startPrometheus({ target: target.address, rules: RULES, alertmanager: address });
  plane = newPlane();
  await until(async () => (await valuesOf("jobs")).length === 5);
});
afterAll(async () => {
  target.close();
  await Promise.all([prometheus.remove(), alertmanager.remove()]);
});

describe("label values", () => {
  test.each([
    [HOSTILE, [5]],
    ["line\nbreak\\", [6]],
    ["a.b", [4]],
    ["a.", []],
    ["nobody", []],
    ["lone \ud800 surrogate", []],
    ["\ufffd \ufeff \u2028", []],
    ["\0", []],
    ["nan", [null]],
  ])("%j finds its own series alone", async (service, values) => {
    expect(await valuesOf(selector("jobs", { service: eq(service) }))).toEqual(values);
  });
  test("alternations of names are literal", async () => {
    expect((await valuesOf(selector("jobs", { service: oneOf([HOSTILE, "a.b"]) }))).sort()).toEqual([4, 5]);
    expect(await valuesOf(selector("jobs", { service: oneOf(["a|b", "w.b"]) }))).toEqual([]);
    expect(await valuesOf(selector("jobs", { service: oneOf([]) }))).toEqual([]);
    expect(await valuesOf(selector("jobs", { service: noneOf([]) }))).toHaveLength(5);
  });
  test("any text is taken by Prometheus as a value that nothing has", async () => {
    const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
    const text = fc.array(unit, { minLength: 3, maxLength: 12 }).map((units) => units.join(""));
    await fc.assert(
      fc.asyncProperty(text, async (service) => {
        expect(await valuesOf(selector("jobs", { service: eq(service) }))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
  test("for pickers", async () => {
    const { data } = await plane.labelValues(context(), { label: "service", match: "jobs" });
    expect(data).toEqual([HOSTILE, "a.b", "line\nbreak\\", "nan", "web"].sort());
  });
});

test("a range stands on its grid, and what was before the first sample is a gap", async () => {
  const expr = selector("jobs", { service: eq("web") });
  const ask = () => {
    const toMs = Date.now();
    return plane.range(context(), { expr, fromMs: toMs - 900_000, toMs, stepSeconds: 2 });
  };
  await until(async () => (await ask()).data.series.length === 1);
  const { data } = await ask();
  expect(data.startSeconds % 2).toBe(0);
  const values = data.series[0]?.values ?? [];
  expect(values[0]).toBeNull();
  expect(values.at(-1)).toBe(3);
});

test.each([
  ["jobs * on () group_left jobs", "bad_query", /found duplicate series|many-to-many/],
  ["no_such_function(jobs)", "bad_query", /unknown function/],
  ["rate(jobs)", "bad_query", /expected type range vector/],
  ['{service=~".*"}', "bad_query", /at least one non-empty matcher/],
  ["jobs[5m]", "bad_query", /range vector/],
])("%s: %s in Prometheus' words", async (expr, code, message) => {
  await expect(ask(expr)).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });
});

test("alerts reach both places under one fingerprint", async () => {
  // A plane of its own each time: lists of alerts are cached for longer than this test waits.
  await until(async () => (await newPlane().alerts(context())).data.length === 1);
  const rules = (await newPlane().ruleAlerts(context())).data;
  expect(rules.map(({ labels, state }) => [labels.alertname, state]).sort()).toEqual([
    ["Always", "firing"],
    ["Soon", "pending"],
  ]);
  const [sent] = (await newPlane().alerts(context())).data;
  const { fingerprint } = rules.find(({ state }) => state === "firing") ?? {};
  expect(sent).toMatchObject({ state: "firing", annotations: { summary: "é" }, fingerprint });
});

test("Prometheus stops: older data stands in; it comes back: new data by itself", async () => {
  const web = selector("jobs", { service: eq("web") });
  const good = await ask(web);
  expect(good).toMatchObject({ stale: false, data: [{ value: 3 }] });
  await prometheus.stop();
  for (let i = 0; i < 5; i++) {
    expect(await ask(web)).toMatchObject({ stale: true, asOf: good.asOf, data: good.data });
  }
  await expect(ask("never_asked_before")).rejects.toMatchObject({ code: "upstream_unavailable" });
  const lampOf = async () => (await sourceLamps(async () => undefined, sources()))[0];
  expect(await lampOf()).toMatchObject({ kind: "prometheus", state: "down" });
  await prometheus.start();
  await until(async () => !(await ask(web)).stale);
  expect(await lampOf()).toMatchObject({ state: "ok" });
});
