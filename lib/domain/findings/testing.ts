import type { NodeState } from "#lib/domain/nodes/node-health.ts";
import { judgeNode } from "#lib/domain/nodes/node-health.ts";
import type { Pod } from "#lib/domain/nodes/pods.ts";
import {
  assessService,
  type ServiceProfile,
  type ServiceReadings,
} from "#lib/domain/signals/assess-service.ts";
import { saturationLevel } from "#lib/domain/signals/saturation.ts";
import type { ServiceState } from "#lib/domain/signals/assess-service.ts";
import type { TroubleFacts } from "./service-findings.ts";

export const NOW_MS = Date.parse("2026-11-20T14:40:00Z");
export const NO_TROUBLES: TroubleFacts = { nowMs: NOW_MS, deploys: [], troubles: new Map() };

/** A service with 100 requests per second inside all its limits, but for what is given. */
export function service(
  name: string,
  readings: Partial<ServiceReadings> = {},
  profile: Partial<ServiceProfile> = {},
): ServiceState {
  return assessService(
    { name, tier: null, kind: "api", team: null, namespace: "prod", nodes: [], thresholds: {}, ...profile },
    {
      windowSeconds: 300,
      requests: {
        totalPerSecond: 100,
        serverErrorsPerSecond: 0,
        clientErrorsPerSecond: 0,
        timeoutsPerSecond: 0,
      },
      latency: { p50Seconds: 0.02, p95Seconds: 0.1, p99Seconds: 0.2 },
      businessErrorsPerSecond: null,
      baselinePerSecond: 100,
      fullness: [],
      batch: null,
      version: null,
      budgets: [],
      ...readings,
    },
  );
}

/** Readings of a service where `failing` of 100 requests per second fail. */
export const failing = (failing: number): Partial<ServiceReadings> => ({
  requests: {
    totalPerSecond: 100,
    serverErrorsPerSecond: failing,
    clientErrorsPerSecond: 0,
    timeoutsPerSecond: 0,
  },
});

/** Readings of a service that reports nothing. */
export const SILENT: Partial<ServiceReadings> = {
  requests: {
    totalPerSecond: null,
    serverErrorsPerSecond: null,
    clientErrorsPerSecond: null,
    timeoutsPerSecond: null,
  },
  latency: { p50Seconds: null, p95Seconds: null, p99Seconds: null },
  baselinePerSecond: null,
};

/** Readings of a service with 2 requests in five minutes, as always. */
export const QUIET: Partial<ServiceReadings> = {
  requests: {
    totalPerSecond: 2 / 300,
    serverErrorsPerSecond: 0,
    clientErrorsPerSecond: 0,
    timeoutsPerSecond: 0,
  },
  baselinePerSecond: 2 / 300,
};

const gauge = (ratio: number | null) => ({ level: saturationLevel(ratio), ratio, spark: [] });

/** A node with every gauge at 50 %, but for what is given; its status follows. */
export function node(
  name: string,
  change: {
    up?: boolean | null;
    cpu?: number | null;
    memory?: number | null;
    risePerDayRatio?: number;
    filesystems?: NodeState["filesystems"];
    conditions?: NodeState["conditions"];
  } = {},
): NodeState {
  const value = <K extends keyof typeof change>(key: K, usual: number | null) =>
    gauge(key in change ? (change[key] as number | null) : usual);
  const filesystems = change.filesystems ?? [];
  const measured = {
    up: change.up === undefined ? true : change.up,
    cpu: value("cpu", 0.5),
    memory: { ...value("memory", 0.5), risePerDayRatio: change.risePerDayRatio ?? null },
    disk: {
      ...gauge(filesystems[0]?.usedRatio ?? 0.5),
      mountpoint: filesystems[0]?.mountpoint ?? "/",
      fullInDays: null,
    },
    diskIo: gauge(0.1),
    network: { ...gauge(null), bytesPerSecond: null },
    conditions: change.conditions ?? [],
  };
  return {
    name,
    role: null,
    ...judgeNode(measured),
    ...measured,
    uptimeSeconds: null,
    cores: null,
    load1: null,
    memoryBytes: null,
    temperatureCelsius: null,
    filesystems,
    pods: { running: null, notReady: null },
    budgets: [],
  };
}

/** A running, ready pod of namespace prod on ai1, but for what is given. */
export function pod(name: string, change: Partial<Pod> = {}): Pod {
  return {
    namespace: "prod",
    pod: name,
    node: "ai1",
    phase: "Running",
    ready: true,
    waitingReason: null,
    restartsLastDay: 0,
    app: null,
    cpuCores: null,
    cpuLimitRatio: null,
    memoryBytes: null,
    memoryLimitRatio: null,
    ...change,
  };
}
