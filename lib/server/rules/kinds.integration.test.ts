import { expect, it } from "vitest";
import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import type { SloDefinition } from "#lib/domain/slo/definition/definition.ts";
import type { CompositeSli } from "#lib/domain/slo/definition/sli.ts";
import { soundDefinition } from "#lib/domain/slo/testing.ts";
import { bare, everyTier, FIRING, NONE, type Scenario, testRules } from "#lib/server/testing/promtool.ts";

/** 99.9 % of checkout's requests over 30 days; pages from 1.44 % on. */
const AVAILABILITY = soundDefinition();
const OK = 'http_requests_total{service="checkout",job="shop",instance="a",status="200"}';
const FAILED = 'http_requests_total{service="checkout",job="shop",instance="a",status="500"}';

const MINUTE_MS = 60_000;
const route = (path: string, status: string) =>
  `http_requests_total{service="checkout",job="shop",instance="a",route="${path}",status="${status}"}`;
const perRoute = (values: Record<string, number>) =>
  Object.fromEntries(Object.entries(values).map(([path, value]) => [`{route="${path}"}`, value]));

/** A step named after its service. */
function step(name: string, more: Partial<SloDefinition>): SloDefinition {
  const requests = { metric: "http_requests_total", matchers: [matcher("service", name)] };
  const failed = [{ ...matcher("status", "5.."), operator: "=~" as const }];
  return soundDefinition({ name, service: name, sli: { kind: "availability", requests, failed }, ...more });
}

function matcher(label: string, value: string): LabelMatcher {
  return { label, operator: "=", value };
}

function stepRoute(service: string, path: string, status: string): string {
  return `http_requests_total{service="${service}",job="shop",instance="a",route="${path}",status="${status}"}`;
}

function journey(name: string, { combine }: Pick<CompositeSli, "combine">): SloDefinition {
  const weights = { pay: 0.5, cart: 0.3, idle: 0.2 };
  const steps = Object.entries(weights).map(([slo, weight]) => ({
    name: slo,
    slo: `${slo}/${slo}`,
    weight,
    onCriticalPath: true,
  }));
  const sli = { kind: "composite", combine, steps, businessImpact: "high" } as const;
  return soundDefinition({ name, service: null, sli });
}

const ratioOf = (key: string) => `round(max(slo:sli_error:ratio_rate30m{burnline_slo="${key}"}), 0.000001)`;

const SCENARIOS: Record<string, Scenario> = {
  "groups alert on their own, and one that is gone is told": {
    definitions: [soundDefinition({ groupBy: ["route"] })],
    series: {
      [route("/pay", "200")]: "0+9x400",
      [route("/pay", "500")]: "0+1x400",
      [route("/cart", "200")]: "0+90x119 _x280",
    },
    expect: [
      {
        at: "20m",
        expr: "sum by (route) (slo:sli_error:ratio_rate5m)",
        is: perRoute({ "/pay": 0.1, "/cart": 0 }),
      },
      {
        at: "20m",
        expr: 'count by (route) (ALERTS{burnline_tier="page_fast"})',
        is: perRoute({ "/pay": 1 }),
      },
      { at: "42m", expr: 'count by (route) (ALERTS{alertname="SloNoData"})', is: perRoute({ "/cart": 1 }) },
    ],
  },
  "several objectives share the counts and have alerts each": {
    definitions: [
      soundDefinition({
        objectives: [...AVAILABILITY.objectives, { target: 0.99, window: { kind: "rolling", days: 7 } }],
      }),
    ],
    // 2 % fail: above 1.44 % (14.4x of 0.1 %), below 3.36 % (3.36x of 1 %).
    series: { [OK]: "0+98x100", [FAILED]: "0+2x100" },
    expect: [
      {
        at: "20m",
        expr: 'count by (burnline_objective) (ALERTS{burnline_tier="page_fast"})',
        is: { '{burnline_objective="99.9% 30d"}': 1 },
      },
      { at: "20m", expr: "count(slo:error_budget:ratio)", is: 2 },
    ],
  },
  "a latency SLO counts the bucket of its threshold, however its bound is written": {
    definitions: [
      soundDefinition({
        sli: {
          kind: "latency",
          histogram: "classic",
          durations: { metric: "d_seconds", matchers: [] },
          thresholdSeconds: 1,
          durationToSeconds: 1,
        },
      }),
    ],
    series: {
      'd_seconds_bucket{job="shop",instance="a",le="0.5"}': "0+1x100",
      'd_seconds_bucket{job="shop",instance="a",le="1"}': "0+8x100",
      'd_seconds_count{job="shop",instance="a"}': "0+10x100",
      'd_seconds_bucket{job="shop",instance="b",le="1.0"}': "0+10x100",
      'd_seconds_count{job="shop",instance="b"}': "0+10x100",
    },
    expect: [{ at: "20m", expr: bare("slo:sli_error:ratio_rate5m"), is: 0.1 }],
  },
  "what is excluded is in neither sum": {
    definitions: [
      soundDefinition({
        exclusions: { events: [{ label: "route", operator: "=~", value: "/health|/metrics" }], windows: [] },
      }),
    ],
    series: {
      [route("/pay", "200")]: "0+9x100",
      [route("/pay", "500")]: "0+1x100",
      [route("/health", "200")]: "0+900x100",
      [route("/metrics", "500")]: "0+900x100",
    },
    expect: [{ at: "20m", expr: bare("slo:sli_error:ratio_rate5m"), is: 0.1 }],
  },
  "an exclusion window takes its minutes out of both sums and silences the SLO": {
    definitions: [
      soundDefinition({
        exclusions: {
          events: [],
          windows: [{ kind: "one_off", startMs: 30 * MINUTE_MS, endMs: 40 * MINUTE_MS, reason: "move" }],
        },
      }),
    ],
    // Everything fails within the window; a minute before it 5 of 60 did.
    series: { [OK]: "0+15x120 1800x39 1815+15x100", [FAILED]: "0x114 5x5 20+15x39 605x100" },
    expect: [
      // 5 of 1,685 are above 0.1 %, and below everything else.
      { at: "29m", expr: FIRING, is: everyTier("ticket_slow") },
      { at: "33m", expr: "ALERTS", is: NONE },
      { at: "41m", expr: "ALERTS", is: NONE },
      { at: "60m", expr: "slo:excluded:bool", is: NONE },
      { at: "60m", expr: bare("slo:sli_bad:increase1h"), is: 5 },
      // 59 tiles, 11 of which touch the window.
      { at: "60m", expr: bare("slo:sli_total:increase1h"), is: 48 * 60 + 5 },
    ],
  },
  "missing data that counts as bad is filled with the mean of what is there": {
    definitions: [soundDefinition({ onMissing: "bad" })],
    series: { [OK]: "0+15x119 _x200" },
    // Of 60 tiles 26 have no total: the first, and those from 36m on.
    expect: [
      { at: "60m", expr: "round(max(slo:sli_error:ratio_rate1h), 0.000001)", is: 0.433333 },
      { at: "60m", expr: bare("slo:sli_error:ratio_rate5m"), is: 1 },
      { at: "60m", expr: 'count(ALERTS{burnline_tier="page_fast"})', is: 1 },
    ],
  },
  "slices of events: each minute below the ratio is a bad one, empty ones drop out": {
    definitions: [
      soundDefinition({
        budgeting: { method: "timeslices", sliceMinutes: 1, sliceGood: { operator: ">=", value: 0.95 } },
      }),
    ],
    // From 10m to 20m 10 % fail, from 30m to 40m 5 % do, from 40m to 50m nothing happens.
    series: {
      [OK]: "0+20x40 818+18x39 1540+20x39 2339+19x39 3080x40 3100+20x60",
      [FAILED]: "0x40 2+2x39 80x39 81+1x39 120x100",
    },
    expect: [
      // 60 tiles, of which those of 42m to 50m saw no event.
      { at: "62m", expr: bare("slo:sli_total:increase1h"), is: 51 },
      { at: "62m", expr: bare("slo:sli_bad:increase1h"), is: 10 },
    ],
  },
  "ratio slices: each minute counts by its share of failures, whatever its traffic": {
    definitions: [soundDefinition({ budgeting: { method: "ratioTimeslices", sliceMinutes: 1 } })],
    series: { [OK]: "0+1x39 89+50x80", [FAILED]: "0x39 50+50x39 2000x40" },
    // Half of everything fails for ten minutes, with fifty times the traffic before it.
    expect: [
      { at: "30m", expr: "round(max(slo:sli_bad:increase30m), 0.001)", is: 5 },
      { at: "30m", expr: bare("slo:sli_total:increase30m"), is: 29 },
    ],
  },
  "slices of five minutes are tiles of five minutes": {
    definitions: [soundDefinition({ budgeting: { method: "ratioTimeslices", sliceMinutes: 5 } })],
    // promtool evaluates every group so often, whatever interval the group has.
    evaluationInterval: "5m",
    series: { [OK]: "0+9x300", [FAILED]: "0+1x300" },
    expect: [
      { at: "65m", expr: bare("slo:sli_total:increase1h"), is: 12 },
      { at: "65m", expr: "round(max(slo:sli_error:ratio_rate5m), 0.000001)", is: 0.1 },
    ],
  },
  "a probe judges each minute by the worst of its series": {
    definitions: [
      soundDefinition({
        sli: { kind: "probe", expression: "up", good: { operator: "==", value: 1 } },
        budgeting: { method: "timeslices", sliceMinutes: 1, sliceGood: null },
      }),
    ],
    series: { 'up{instance="a"}': "1x400", 'up{instance="b"}': "1x79 0x23 1x300" },
    expect: [
      { at: "60m", expr: bare("slo:sli_bad:increase1h"), is: 6 },
      { at: "60m", expr: bare("slo:sli_error:ratio_rate1h"), is: 0.1 },
    ],
  },
  "freshness: bad are the minutes whose newest success is too old": {
    definitions: [
      soundDefinition({
        sli: {
          kind: "freshness",
          lastSuccess: { metric: "job_last_success_seconds", matchers: [] },
          maxAgeSeconds: 600,
        },
        budgeting: { method: "timeslices", sliceMinutes: 1, sliceGood: null },
      }),
    ],
    series: { 'job_last_success_seconds{instance="a"}': "0x119 1800x200" },
    // From 11m to 29m it is more than ten minutes old: 19 minutes.
    expect: [{ at: "40m", expr: bare("slo:sli_bad:increase1h"), is: 19 }],
  },
  "throughput: bad are the minutes with too few events a second": {
    definitions: [
      soundDefinition({
        sli: {
          kind: "throughput",
          events: { metric: "events_total", matchers: [] },
          perSecond: { operator: ">=", value: 2 },
        },
        budgeting: { method: "timeslices", sliceMinutes: 1, sliceGood: null },
      }),
    ],
    series: { 'events_total{job="x",instance="a"}': "0+30x119 3571+1x39 3640+30x100" },
    expect: [{ at: "59m", expr: bare("slo:sli_bad:increase1h"), is: 10 }],
  },
  "an expression of one's own counts over five minutes": {
    definitions: [
      soundDefinition({
        sli: {
          kind: "custom",
          form: "good",
          numerator: "sum(increase(jobs_done_total[$window]))",
          total: "sum(increase(jobs_total[$window]))",
        },
      }),
    ],
    series: { jobs_done_total: "0+9x400", jobs_total: "0+10x400" },
    expect: [
      { at: "80m", expr: "round(max(slo:sli_error:ratio_rate1h), 0.000001)", is: 0.1 },
      { at: "80m", expr: "round(max(slo:sli_total:increase1h), 0.01)", is: 2_400 },
    ],
  },
  "journeys combine the ratios of their steps, per window": {
    definitions: [
      step("pay", { groupBy: ["route"] }),
      step("cart", {}),
      step("idle", {}),
      journey("serial", { combine: "serial" }),
      journey("weighted", { combine: "weighted" }),
    ],
    series: {
      [stepRoute("pay", "/a", "200")]: "0+100x400",
      [stepRoute("pay", "/b", "200")]: "0+80x400",
      [stepRoute("pay", "/b", "500")]: "0+20x400",
      [stepRoute("cart", "/", "200")]: "0+80x239 _x160",
      [stepRoute("cart", "/", "500")]: "0+20x239 _x160",
      [stepRoute("idle", "/", "200")]: "7x400",
    },
    expect: [
      // 1 - 0.9 * 0.8 * 1 and 0.5 * 0.1 + 0.3 * 0.2 + 0.2 * 0.
      { at: "40m", expr: ratioOf("journey:serial"), is: 0.28 },
      { at: "40m", expr: ratioOf("journey:weighted"), is: 0.11 },
      { at: "75m", expr: 'slo:sli_error:ratio_rate5m{burnline_slo="journey:serial"}', is: NONE },
      {
        at: "75m",
        expr: 'count by (burnline_slo) (ALERTS{alertname="SloNoData",burnline_slo=~"journey.+"})',
        is: { '{burnline_slo="journey:serial"}': 1, '{burnline_slo="journey:weighted"}': 1 },
      },
      {
        at: "40m",
        expr: 'count by (burnline_slo) (slo:error_budget_remaining:ratio{burnline_slo=~"journey.+"})',
        is: { '{burnline_slo="journey:serial"}': 1, '{burnline_slo="journey:weighted"}': 1 },
      },
    ],
  },
};

it.each(Object.entries(SCENARIOS))("%s", async (_, scenario) => {
  expect(await testRules(scenario)).toContain("SUCCESS");
});
