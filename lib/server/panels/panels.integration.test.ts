import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { PANELS, type PanelData, type PanelName, type PanelParams } from "#lib/contracts/panels.ts";
import { SeriesData } from "#lib/contracts/series.ts";
import { readSightings } from "#lib/domain/discovery/read-sightings.ts";
import { undeclaredSightings } from "#lib/domain/discovery/discovery-queries.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { ADMIN } from "#lib/server/testing/actors.ts";
import { connectDatabase } from "#lib/server/db/client.ts";
import { QUERY_LIMITS } from "#lib/server/query/limits.ts";
import { QueryPlane, queryPlane } from "#lib/server/query/plane.ts";
import { runPanel } from "#lib/server/query/run-panel.ts";
import { sourceGuard } from "#lib/server/query/upstream-guard.ts";
import { listCatalogue } from "#lib/server/services/catalogue/list.ts";
import { getCluster } from "#lib/server/services/cluster/get.ts";
import { runDiscovery } from "#lib/server/services/discovery/run.ts";
import { getNode } from "#lib/server/services/nodes/get.ts";
import { listNodes } from "#lib/server/services/nodes/list.ts";
import { getService } from "#lib/server/services/services/get.ts";
import { listServices } from "#lib/server/services/services/list.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { BARE_CLUSTER, DAY_MS, HOSTILE, KNOWN_CLUSTER, nowMs } from "#lib/server/testing/known-cluster.ts";
import { type RealServer, startPrometheus } from "#lib/server/testing/real-servers.ts";
import { TAKES_REMOTE_WRITE, type WrittenSeries, writeSeries } from "#lib/server/testing/write-series.ts";
import { panelRegistry } from "./registry.ts";

const MINUTE_MS = 60_000;
const context = () => ({ signal: AbortSignal.timeout(20_000) });

const closers: (() => Promise<unknown>)[] = [];
let prometheus: RealServer;

async function measured(series: readonly WrittenSeries[]): Promise<RealServer> {
  // Nothing is scraped: all there is was written.
  const server = await startPrometheus({ flags: [TAKES_REMOTE_WRITE] });
  closers.push(server.remove);
  await writeSeries(server.url, series, { fromMs: nowMs - 30 * DAY_MS, toMs: nowMs, stepMs: 2 * MINUTE_MS });
  return server;
}

beforeAll(async () => {
  closers.push(connectDatabase(await freshDatabase()));
  prometheus = await measured(KNOWN_CLUSTER);
  vi.stubEnv("PROMETHEUS_URL", prometheus.url);
  // The plane takes its clock when it is first used.
  vi.useFakeTimers({ now: Date.now(), toFake: ["Date"] });
  await runDiscovery(SYSTEM_ACTOR, context());
});
afterAll(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  await Promise.all(closers.map((close) => close()));
});

async function panel<N extends PanelName>(name: N, params: PanelParams<N>): Promise<PanelData<N>> {
  const caller = { actor: ADMIN, nowMs: Date.now(), ...context() };
  const range = { lastSeconds: 6 * 3600 };
  const { answer } = await runPanel(panelRegistry, caller, { panel: name, params, range, widthPx: 600 });
  return PANELS[name].data.parse(answer.data) as PanelData<N>;
}

test("discovery finds every service, whatever its name, preset or kind", async () => {
  const found = await listCatalogue(ADMIN);
  expect(found.map(({ name, metricPreset }) => [name, metricPreset])).toEqual([
    [HOSTILE, "prometheus"],
    ["cart", "opentelemetry"],
    ["pay", "prometheus"],
    ["quiet", "prometheus"],
  ]);
  expect(found.find(({ name }) => name === "pay")).toMatchObject({
    tier: "essential",
    team: "pay",
    namespace: "prod",
    nodes: ["ai1"],
    dependencies: ["cart"],
  });
});

test("a cluster that declares nothing still shows its workloads, the system's own aside", async () => {
  const bare = await measured(BARE_CLUSTER);
  const source = { kind: "prometheus", name: "bare", url: bare.url } as const;
  const options = { nowMs: Date.now, limits: QUERY_LIMITS, guardOf: sourceGuard };
  const plane = new QueryPlane({ ...options, sources: () => [source] });
  const query = { expr: undeclaredSightings() };
  const { data } = await plane.instant({ actor: SYSTEM_ACTOR, ...context() }, query);
  const services = readSightings({ requests: {}, declared: [], undeclared: data });
  expect(services.map(({ name, namespace }) => [name, namespace])).toEqual([
    ["cart", "shop"],
    ["postgres", "data"],
  ]);
  const declared = await queryPlane().instant({ actor: SYSTEM_ACTOR, ...context() }, query);
  expect(declared.data).toEqual([]);
});

describe("services", () => {
  test("golden signals of known rates", async () => {
    const { signals, ...pay } = await panel("service.health", { service: "pay" });
    expect(pay).toMatchObject({ status: "critical", version: "1.1", tier: "essential" });
    expect(signals.errors).toMatchObject({ level: "CRITICAL", reason: "6 % of requests fail, over 5 %" });
    expect(signals.errors.ratio).toBeCloseTo(0.06, 9);
    expect(signals.errors.clientErrorRatio).toBeCloseTo(0.04, 9);
    expect(signals.errors.timeoutRatio).toBeCloseTo(0.02, 9);
    expect(signals.errors.businessErrorsPerSecond).toBeCloseTo(0.4, 6);
    // 99 % of the way from 0.1 to 0.5 s, half of it for p50.
    expect(signals.latency).toMatchObject({ level: "OK", thresholdSeconds: 0.5 });
    expect(signals.latency.p99Seconds).toBeCloseTo(0.496, 6);
    expect(signals.latency.p50Seconds).toBeCloseTo(0.3, 6);
    expect(signals.traffic.requestsPerSecond).toBeCloseTo(10, 6);
    expect(signals.traffic.baselinePerSecond).toBeCloseTo(10, 6);
    expect(signals.traffic.level).toBe("OK");
    expect(signals.saturation).toMatchObject({
      level: "WARNING",
      ratio: 0.85,
      resource: "memory",
      subject: "pay-7d9f-x1",
    });
  });

  test("worst first; too few requests and missing latency are not health", async () => {
    const services = await panel("cluster.services", {});
    expect(services.map(({ name, status }) => [name, status])).toEqual([
      ["pay", "critical"],
      [HOSTILE, "no_data"],
      ["quiet", "no_data"],
      ["cart", "healthy"],
    ]);
    const reasons = services.map(({ signals }) => [signals.latency.reason, signals.errors.reason]);
    expect(reasons.slice(1)).toEqual([
      ["no latency data", "0 % of requests fail"],
      Array(2).fill("low traffic: 3 requests in 5 min, 100 needed"),
      ["p99 49.5 ms, limit 500 ms", "0 % of requests fail"],
    ]);
  });

  test("charts, routes, deploys, pods and neighbours", async () => {
    const pay = { service: "pay" };
    const errors = await panel("service.errors", pay);
    const newest = errors.series.map(({ name, values }) => [name, values.at(-2)?.toFixed(3)]);
    expect(newest).toEqual([
      ["5xx", "0.060"],
      ["of them timeouts (504)", "0.020"],
      ["4xx", "0.040"],
      ["business errors", "0.040"],
    ]);
    const traffic = await panel("service.traffic", pay);
    expect(traffic.series.map(({ name, values }) => [name, values.at(-2)?.toFixed(2)])).toEqual([
      ["requests", "10.00"],
      ["usual", "10.00"],
    ]);
    const [route, ...others] = await panel("service.routes", pay);
    expect(route).toMatchObject({ route: "/pay", method: "POST" });
    expect(route?.errorRatio).toBeCloseTo(0.06, 9);
    expect(others).toEqual([]);
    const deploys = await panel("service.deploys", pay);
    expect(deploys.map(({ version, previous }) => [version, previous])).toEqual([["1.1", "1.0"]]);
    expect(Math.abs(Date.parse(deploys[0]!.at) - (nowMs - 0.1 * DAY_MS))).toBeLessThan(5 * MINUTE_MS);
    expect(await panel("service.pods", pay)).toMatchObject([
      { pod: "pay-7d9f-x1", node: "nas1", ready: true, restartsLastDay: 3, memoryLimitRatio: 0.85 },
    ]);
    expect(await panel("service.dependencies", pay)).toEqual({
      upstream: [{ name: "cart", status: "healthy" }],
      downstream: [],
    });
  });

  test("a hostile name is one service among others, or none", async () => {
    const { name, signals } = await panel("service.health", { service: HOSTILE });
    expect(name).toBe(HOSTILE);
    expect(signals.traffic.requestsPerSecond).toBeCloseTo(1, 6);
    for (const service of ['b"}or vector(1)#', "\u0000", "\ud800", "../../etc"]) {
      await expect(panel("service.latency", { service }), JSON.stringify(service)).rejects.toMatchObject({
        code: "not_found",
        fields: [{ path: "params.service" }],
      });
    }
  });
});

describe("nodes", () => {
  test("gauges and forecasts of known slopes", async () => {
    const nas = await panel("node.health", { node: "nas1" });
    expect(nas).toMatchObject({ name: "nas1", up: true, status: "critical", cores: 1, pods: { running: 1 } });
    expect(nas.cpu.ratio).toBeCloseTo(0.3, 6);
    expect(nas.memory.ratio).toBeCloseTo(0.74, 6);
    expect(nas.memory.risePerDayRatio).toBeCloseTo(0.02, 6);
    expect(nas.disk).toMatchObject({ mountpoint: "/tank", level: "CRITICAL" });
    expect(nas.disk.ratio).toBeCloseTo(0.94, 6);
    expect(nas.disk.fullInDays).toBeCloseTo(6, 4);
    expect(nas.filesystems).toHaveLength(1);
    expect(nas.cpu.spark.length).toBeGreaterThanOrEqual(60);
    expect(nas.uptimeSeconds! / 86_400).toBeCloseTo(41, 1);
  });

  test("a node that went down is missed, under the name its exporter gave", async () => {
    const { data } = await getNode(ADMIN, { node: "ai2" }, context());
    expect(data.node).toMatchObject({
      up: false,
      status: "critical",
      reasons: ["does not answer"],
      cpu: { ratio: null },
    });
    expect((await panel("node.cpu", { node: "ai2" })).series).toEqual([]);
  });

  test("charts speak of one node", async () => {
    const { series } = await panel("node.filesystems", { node: "nas1" });
    expect(series.map(({ name }) => name)).toEqual(["/tank"]);
    const unknown = panel("node.cpu", { node: 'x"}or up#' });
    await expect(unknown).rejects.toMatchObject({ code: "not_found", fields: [{ path: "params.node" }] });
  });
});

test("every panel answers its schema", async () => {
  const subjects: Readonly<Record<string, object>> = {
    service: { service: "pay" },
    node: { node: "nas1" },
    query: { query: "up" },
  };
  for (const name of Object.keys(PANELS) as PanelName[]) {
    if (/\.log/.test(name)) continue;
    const params = subjects[name.split(".")[0] ?? ""] ?? {};
    await expect(panel(name, params as never), name).resolves.toBeDefined();
  }
});

test("the cluster in one sentence", async () => {
  const { data } = await getCluster(ADMIN, {}, context());
  expect(data.answer.sentence.map(({ text }) => text).join("")).toBe(
    "ai2 does not answer, pay is failing 1 request in 17 for over 6 hours, and nas1 fills in 6 days. " +
      "3 more findings below. 1 service lacks data. 1 service has too few requests to judge.",
  );
  expect(data.findings.map(({ title }) => title)).toEqual([
    ...[
      "ai2 does not answer",
      "pay errors 6 %",
      "nas1 /tank 94 %, full in 6 d",
      "pay memory 85 % of its limit",
    ],
    ...["1 service lacks data", "3 restarts in prod in the last day", "nas1 memory rises 2 % a day"],
  ]);
  expect(data.answer.facts).toEqual(["4 services", "2 nodes", "1 of 1 pod ready", "no alerts firing"]);
});

describe("verbs", () => {
  test("filters", async () => {
    const names = async (input: object) =>
      (await listServices(ADMIN, input, context())).data.services.map(({ name }) => name);
    expect(await names({ tier: "essential" })).toEqual(["pay"]);
    expect(await names({ node: "ai1" })).toEqual(["pay", "cart"]);
    expect(await names({ status: "healthy" })).toEqual(["cart"]);
    expect(await names({ q: "QUI" })).toEqual(["quiet"]);
    const { data } = await listNodes(ADMIN, { q: "nas" }, context());
    expect(data.nodes.map(({ name }) => name)).toEqual(["nas1"]);
  });

  test("one service with its entry", async () => {
    const { data } = await getService(ADMIN, { service: "pay" }, context());
    expect([data.service.name, data.catalogue.name, data.catalogue.version]).toEqual(["pay", "pay", 1]);
  });

  test.each([
    ["an unknown status", () => listServices(ADMIN, { status: "fine" }, context()), "invalid"],
    ["an unknown field", () => listNodes(ADMIN, { colour: "red" }, context()), "invalid"],
    ["an unknown node", () => getNode(ADMIN, { node: "nas9" }, context()), "not_found"],
    ["an unknown service", () => getService(ADMIN, { service: "nobody" }, context()), "not_found"],
  ])("%s", async (_, ask, code) => {
    await expect(ask()).rejects.toMatchObject({ code });
  });
});

const CHARTS = (Object.keys(PANELS) as PanelName[]).filter(
  (name) => PANELS[name].data === SeriesData && name !== "query.log-volume",
);

test.each(CHARTS)("%s has no more points than its width has room for", async (name) => {
  const [kind] = name.split(".");
  const params = { service: { service: "pay" }, node: { node: "nas1" }, query: { query: "up" } }[kind!];
  const caller = { actor: ADMIN, nowMs: Date.now(), ...context() };
  const call = { panel: name, params: params as never, range: { lastSeconds: 30 * 86_400 }, widthPx: 100 };
  const { answer } = await runPanel(panelRegistry, caller, call);
  const { series } = SeriesData.parse(answer.data);
  for (const { values } of series) expect(values.length).toBeLessThanOrEqual(52);
});

test("Prometheus gone: the last data stays, marked; the sentence claims nothing", async () => {
  const before = await listServices(ADMIN, {}, context());
  await prometheus.stop();
  vi.setSystemTime(Date.now() + MINUTE_MS);
  const after = await listServices(ADMIN, {}, context());
  expect([after.stale, after.asOf]).toEqual([true, before.asOf]);
  expect(after.data.services).toEqual(before.data.services);
  const { data } = await getCluster(ADMIN, {}, context());
  expect(data.answer.status).toBe("no_data");
  expect(data.answer.sentence[0]?.text).toMatch(
    /^Nothing is known: Prometheus has not answered since \d\d:\d\d UTC\.$/,
  );
});
