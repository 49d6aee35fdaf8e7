import { describe, expect, test } from "vitest";
import type { Level } from "#lib/domain/status/status.ts";
import {
  assessService,
  compareServices,
  type ServiceProfile,
  type ServiceReadings,
} from "./assess-service.ts";
import { NO_LATENCY, NO_REQUESTS } from "./request-readings.ts";
import { type GoldenSignals, serviceLevel, worstLevel } from "./service-health.ts";

const profile: ServiceProfile = {
  name: "checkout",
  tier: "critical",
  kind: "api",
  team: "pay",
  namespace: "prod",
  nodes: ["ai1"],
  thresholds: {},
};
const healthy: ServiceReadings = {
  windowSeconds: 300,
  requests: { totalPerSecond: 100, serverErrorsPerSecond: 0, clientErrorsPerSecond: 0, timeoutsPerSecond: 0 },
  latency: { p50Seconds: 0.02, p95Seconds: 0.05, p99Seconds: 0.08 },
  businessErrorsPerSecond: null,
  baselinePerSecond: 95,
  fullness: [{ resource: "memory", subject: "checkout-1", ratio: 0.5 }],
  batch: null,
  version: "v2.13.0",
  budgets: [],
};
const nothing: ServiceReadings = {
  ...healthy,
  requests: NO_REQUESTS,
  latency: NO_LATENCY,
  baselinePerSecond: null,
  fullness: [],
  version: null,
};

describe("status of a service", () => {
  test.each<[what: string, change: Partial<ServiceReadings>, status: string]>([
    ["all inside their limits", {}, "healthy"],
    ["no baseline yet hides nothing", { baselinePerSecond: null }, "healthy"],
    ["no limits known hides nothing", { fullness: [] }, "healthy"],
    ["latency unknown is not healthy", { latency: NO_LATENCY }, "no_data"],
    ["saturated", { fullness: [{ resource: "cpu", subject: "p", ratio: 0.95 }] }, "critical"],
    ["slow", { latency: { ...healthy.latency, p99Seconds: 0.15 } }, "warning"],
    ["twice the usual and more", { baselinePerSecond: 40 }, "warning"],
    ["no data at all", nothing, "no_data"],
    ["saturation alone does not make it healthy", { ...nothing, fullness: healthy.fullness }, "no_data"],
    [
      "trouble outranks missing data",
      { ...nothing, fullness: [{ resource: "cpu", subject: "p", ratio: 0.85 }] },
      "warning",
    ],
  ])("%s", (_, change, status) => {
    expect(assessService(profile, { ...healthy, ...change }).status).toBe(status);
  });
});

test("a set figure is the baseline, whatever the last weeks were", () => {
  const set = { ...profile, thresholds: { trafficBaselinePerSecond: 20 } };
  expect(assessService(set, healthy).signals.traffic).toMatchObject({
    baselinePerSecond: 20,
    ratio: 5,
    level: "WARNING",
  });
});

test("a batch service is judged by its runs; its request signals are UNKNOWN", () => {
  const batch = {
    runsLastDay: 1,
    failuresLastDay: 0,
    runsLastWeek: 7,
    lastDurationSeconds: 300,
    lastSuccessAgeSeconds: 3600,
  };
  const service = assessService({ ...profile, kind: "batch" }, { ...nothing, batch });
  expect(service.status).toBe("healthy");
  expect(service.signals.errors.level).toBe("UNKNOWN");
  expect(service.batch?.lastDurationSeconds).toBe(300);
  expect(assessService({ ...profile, kind: "batch" }, nothing).status).toBe("no_data");
});

test.each<[Level[], Level]>([
  [[], "UNKNOWN"],
  [["OK"], "OK"],
  [["OK", "UNKNOWN"], "UNKNOWN"],
  [["UNKNOWN", "WARNING"], "WARNING"],
  [["WARNING", "CRITICAL", "OK"], "CRITICAL"],
])("the worst of %j is %s", (levels, worst) => expect(worstLevel(levels)).toBe(worst));

test("a service is as bad as its worst signal", () => {
  const { signals } = assessService(profile, healthy);
  const bad: GoldenSignals = { ...signals, traffic: { ...signals.traffic, level: "WARNING" } };
  expect(serviceLevel(bad, null)).toBe("WARNING");
});

test("worst first, then by tier, then by name", () => {
  const named = (name: string, tier: ServiceProfile["tier"], readings = healthy) =>
    assessService({ ...profile, name, tier }, readings);
  const services = [
    named("z", null),
    named("b", "critical"),
    named("a", "standard"),
    named("silent", "critical", nothing),
    named("a-critical", "critical"),
    named("slow", "best_effort", { ...healthy, latency: { ...healthy.latency, p99Seconds: 3 } }),
  ];
  expect(services.sort(compareServices).map(({ name }) => name)).toEqual([
    "slow",
    "silent",
    "a-critical",
    "b",
    "a",
    "z",
  ]);
});
