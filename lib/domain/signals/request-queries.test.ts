import { parser } from "@prometheus-io/lezer-promql";
import { describe, expect, test } from "vitest";
import { METRIC_PRESETS } from "./presets.ts";
import {
  businessErrorRates,
  failingRoutes,
  latencyQuantiles,
  rateWindowSeconds,
  requestRates,
  routeP95,
  routeRates,
  trafficBaseline,
} from "./request-queries.ts";
import { serviceGroups, type MetricProfile } from "./service-groups.ts";

const all = { names: METRIC_PRESETS.prometheus, services: ["web", "auth"], only: null };
const legacy = { names: METRIC_PRESETS.opentelemetry_legacy, services: ["web"], only: ["web"] };

test.each([
  [requestRates(all, 300), 'sum by (service, status) (rate(http_requests_total{service!=""}[300s]))'],
  [
    requestRates({ ...all, only: ["a.b", "c"] }, 600),
    'sum by (service, status) (rate(http_requests_total{service=~"a\\\\.b|c"}[600s]))',
  ],
  [
    businessErrorRates(all, 300),
    'sum by (service) (rate(http_requests_total{service!="",error_type!="",status!~"5.*"}[300s]))',
  ],
  [
    routeP95(legacy, 300),
    '0.001 * histogram_quantile(0.95, sum by (http_route, http_method, le) (rate(http_server_duration_milliseconds_bucket{service_name="web"}[300s])))',
  ],
  [
    failingRoutes(all, 300),
    'topk by (service) (1, sum by (service, route, method) (rate(http_requests_total{service!="",status=~"5.*"}[300s])) > 0)',
  ],
])("%s", (query, expected) => expect(query).toBe(expected));

test("three quantiles in one query, told apart by a label", () => {
  const buckets = 'sum by (service, le) (rate(http_request_duration_seconds_bucket{service!=""}[300s]))';
  const part = (q: string) =>
    `label_replace(histogram_quantile(${q}, ${buckets}), "quantile", "${q}", "", "")`;
  expect(latencyQuantiles(all, 300)).toBe([part("0.5"), part("0.95"), part("0.99")].join(" or "));
});

test("the baseline is the median of the hour around now, one to four weeks ago", () => {
  const query = trafficBaseline(all);
  expect(query).toMatch(/^quantile by \(service\) \(0\.5, /);
  // A week is 604,800 s; half an hour less centres the hour on now.
  for (const offset of [603_000, 1_207_800, 1_812_600, 2_417_400])
    expect(query).toContain(`(rate(http_requests_total{service!=""}[3600s] offset ${offset}s))`);
});

test("windows are five minutes, or the step where that is longer", () => {
  expect([15, 300, 301, 1440, 59.5].map(rateWindowSeconds)).toEqual([300, 300, 301, 1440, 300]);
});

test("a hostile service name stays inside its matcher, and every query parses", () => {
  const hostile = { ...all, only: ['a"}or vector(1)#'] };
  const queries = [
    requestRates,
    businessErrorRates,
    latencyQuantiles,
    routeRates,
    routeP95,
    failingRoutes,
  ].map((build) => build(hostile, 300));
  for (const query of [...queries, trafficBaseline(hostile)]) {
    const names: string[] = [];
    parser
      .parse(query)
      .iterate({ enter: (node) => void names.push(node.type.isError ? "error" : node.name) });
    expect(names).not.toContain("error");
    expect(query).toContain('service="a\\"}or vector(1)#"');
  }
});

describe("serviceGroups", () => {
  const service = (name: string, more: Partial<MetricProfile> = {}): MetricProfile => ({
    name,
    metricPreset: "prometheus",
    metricOverrides: {},
    ...more,
  });

  test("a thousand services of one preset are one group without a filter", () => {
    const services = Array.from({ length: 1000 }, (_, index) => service(`s${index}`));
    const groups = serviceGroups(services, "all");
    expect(groups).toHaveLength(1);
    expect(groups[0]?.only).toBeNull();
    expect(groups[0]?.services).toHaveLength(1000);
  });

  test("presets and own names get groups of their own", () => {
    const own = { metricOverrides: { requests: "requests_total" } };
    const groups = serviceGroups(
      [
        service("web"),
        service("otel", { metricPreset: "opentelemetry" }),
        service("odd", own),
        service("odder", own),
        service("same", { metricOverrides: { requests: "http_requests_total", duration: undefined } }),
      ],
      "all",
    );
    expect(groups.map(({ names, services, only }) => [names.requests, services, only])).toEqual([
      ["http_requests_total", ["web", "same"], null],
      ["http_server_request_duration_seconds_count", ["otel"], null],
      ["requests_total", ["odd", "odder"], ["odd", "odder"]],
    ]);
  });

  test("a listed scope filters by name", () => {
    expect(serviceGroups([service("web"), service("auth")], "listed")[0]?.only).toEqual(["web", "auth"]);
  });

  test("no query names more services than it has room for, also when all of them are in trouble", () => {
    const named = (count: number) =>
      serviceGroups(
        Array.from({ length: count }, (_, nth) => service(`s${nth}`)),
        "listed",
      )[0]?.only?.length;
    expect([named(100), named(101)]).toEqual([100, undefined]);
  });
});
