import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prometheusBinary } from "#demo/cluster/binaries.ts";
import { freePort } from "#demo/cluster/ports.ts";
import {
  historyConfig,
  liveConfig,
  prometheusPart,
  reloadPrometheus,
  writeConfig,
} from "#demo/cluster/prometheus.ts";
import { newestSampleMs, writeHistory } from "./history.ts";
import { createWorld } from "./script.ts";
import { simulate } from "./simulation.ts";
import { scrapeTargets } from "./targets.ts";
import { keptCheckpoints } from "./testing.ts";
import type { Truth } from "./truth.ts";
import { DAY_MS, TICK_MS, tickStart } from "./world.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "burnline-sim-"));
const configFile = join(folder, "prometheus.yml");
const children: ChildProcess[] = [];

const COUNTERS = [
  "http_requests_total",
  "http_request_duration_seconds_bucket",
  "http_request_duration_seconds_sum",
  "node_cpu_seconds_total",
  "container_cpu_usage_seconds_total",
  "batch_runs_total",
];

let prometheusUrl = "";
let simulatorPort = 0;

/** Scraping four times as often as the demo does lets the test be short. */
const quick = (config: string): string => config.replaceAll("15s", "1s");

async function startPrometheus(): Promise<void> {
  const port = (await freePort(0))!;
  const binary = await prometheusBinary();
  const part = await prometheusPart({
    binary,
    folder: join(folder, "data"),
    configFile,
    port,
    historyDays: 30,
  });
  children.push(spawn(part.command, part.args, { env: { ...process.env, ...part.env }, stdio: "ignore" }));
  prometheusUrl = `http://127.0.0.1:${port}`;
  const ready = async () => (await fetch(`${prometheusUrl}/-/ready`).catch(() => null))?.ok === true;
  while (!(await ready())) await sleep(100);
}

/** Starts the simulator and waits until its history is whole. */
async function startSimulator(): Promise<void> {
  const child = spawn(process.execPath, ["--import", "./register.ts", "demo/sim/main.ts"], {
    cwd: ROOT,
    env: {
      ...process.env,
      SIM_PORT: String(simulatorPort),
      SIM_STATE: join(folder, "state"),
      SIM_SEED: "11",
      SIM_DAYS: "1",
      SIM_PROMETHEUS_URL: prometheusUrl,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line) as { event: string; port?: number };
    if (event.event === "listening") simulatorPort = event.port!;
    if (event.event === "ready") return;
  }
  throw new Error("The simulator ended before its history was whole.");
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}

interface Sample {
  metric: Record<string, string>;
  value: [number, string];
}

async function query(promql: string, atMs = Date.now()): Promise<Sample[]> {
  const body = new URLSearchParams({ query: promql, time: String(atMs / 1000) });
  const response = await fetch(`${prometheusUrl}/api/v1/query`, { method: "POST", body });
  return ((await response.json()) as { data: { result: Sample[] } }).data.result;
}

const one = async (promql: string, atMs?: number): Promise<number> =>
  Number((await query(promql, atMs))[0]?.value[1]);
const simulatorUrl = (path: string): string => `http://127.0.0.1:${simulatorPort}${path}`;
const truthOf = async (service: string, from: number, to: number): Promise<Truth> =>
  (await (await fetch(simulatorUrl(`/truth?service=${service}&from=${from}&to=${to}`))).json()) as Truth;

/** Waits until a query has an answer that satisfies, else fails with the last one. */
async function eventually(promql: string, satisfies: (value: number) => boolean): Promise<void> {
  let value = NaN;
  for (let tries = 0; tries < 40; tries++) {
    value = await one(promql);
    if (satisfies(value)) return;
    await sleep(500);
  }
  expect.fail(`${promql} stayed at ${value}`);
}

beforeAll(async () => {
  writeConfig(configFile, historyConfig());
  await startPrometheus();
  await startSimulator();
  const live = liveConfig({
    targets: scrapeTargets(),
    simulator: `127.0.0.1:${simulatorPort}`,
    alertmanager: "127.0.0.1:9",
    ruleFiles: [],
  });
  writeConfig(configFile, quick(live));
  await reloadPrometheus(prometheusUrl);
  await eventually("count(count_over_time(up[5s]) > 2)", (targets) => targets === scrapeTargets().length);
}, 120_000);

afterAll(async () => {
  for (const child of children) await stop(child);
  rmSync(folder, { recursive: true, force: true });
});

describe("history and live scrapes", () => {
  it("are the same series, which never reset", async () => {
    expect(await one("min(up)")).toBe(1);
    for (const counter of COUNTERS) expect(await one(`max(resets(${counter}[1d]))`), counter).toBe(0);
    // A series that a live scrape named differently from the history would have begun only now.
    expect(
      await query("{job=~'services|node-exporter',__name__!~'scrape_.+'} unless ({job=~'.+'} offset 4m)"),
    ).toEqual([]);
    expect(await one("count({job=~'.+'})")).toBeLessThanOrEqual(1_500);
  });

  it.each(["checkout", "web", "reporting"])("count %s as the simulator truly did", async (service) => {
    const to = tickStart(Date.now()) - TICK_MS;
    const from = to - DAY_MS + 10 * TICK_MS;
    const window = `[${(to - from) / 1000}s]`;
    const { total, bad, slowerThan, routes } = await truthOf(service, from, to);
    const near = (measured: number, counted: number) =>
      expect(Math.abs(measured - counted)).toBeLessThanOrEqual(0.002 * counted + 0.5);
    near(await one(`sum(increase(http_requests_total{service="${service}"}${window}))`, to), total);
    const bucket = `http_request_duration_seconds_bucket{service="${service}",le="0.25"}${window}`;
    near(await one(`sum(increase(${bucket}))`, to), total - slowerThan["0.25"]!);
    expect(routes.reduce((sum, route) => sum + route.bad, 0)).toBe(bad);
    expect(total).toBeGreaterThan(0);
  });

  it("go on when the simulator alone is started again", async () => {
    const requests = 'sum(http_requests_total{service="checkout"})';
    const before = await one(requests);
    await stop(children.pop()!);
    await eventually("max(up)", (up) => up === 0);
    await startSimulator();
    await eventually("min(up)", (up) => up === 1);
    await eventually(requests, (count) => count > before);
    for (const counter of COUNTERS) expect(await one(`max(resets(${counter}[1h]))`), counter).toBe(0);
  });

  it("show a fault at the next scrape and its end after healing", async () => {
    const failing = 'sum(rate(http_requests_total{service="auth",status=~"5.."}[5s]))';
    const post = (body: object) =>
      fetch(simulatorUrl("/faults"), { method: "POST", body: JSON.stringify(body) });
    expect((await post({ scenario: "errors", target: "auth" })).status).toBe(201);
    await eventually(failing, (perSecond) => perSecond > 1);
    expect((await post({ scenario: "node-down" })).status).toBe(201);
    await eventually('max(up{node="ai2"})', (up) => up === 0);
    await eventually('min(kube_pod_status_ready{pod=~"auth-.+",condition="true"})', (ready) => ready === 0);
    await fetch(simulatorUrl("/faults"), { method: "DELETE" });
    await eventually('min(up{node="ai2"})', (up) => up === 1);
    await eventually(failing, (perSecond) => perSecond < 0.2);
  });

  it("refuse what they do not know, naming the field", async () => {
    const refusal = async (body: string): Promise<{ status: number; field: string }> => {
      const response = await fetch(simulatorUrl("/faults"), { method: "POST", body });
      return { status: response.status, field: ((await response.json()) as { field: string }).field };
    };
    expect(await refusal('{"scenario":"meteor"}')).toEqual({ status: 422, field: "scenario" });
    expect(await refusal('{"scenario":"errors","target":"ai1"}')).toEqual({ status: 422, field: "target" });
    expect(await refusal("[")).toEqual({ status: 422, field: "body" });
    expect((await fetch(simulatorUrl("/truth?service=web&from=5&to=1"))).status).toBe(422);
    expect((await fetch(simulatorUrl("/scrape/none/here"))).status).toBe(404);
  });

  it("fill the hours that the demo was off, once, and leave a live Prometheus alone", async () => {
    const world = createWorld({ seed: 5, birthMs: Date.now(), days: 0.5 });
    const simulation = simulate(world, keptCheckpoints());
    for (const child of children.splice(0)) await stop(child);
    rmSync(join(folder, "data"), { recursive: true });
    writeConfig(configFile, historyConfig());
    await startPrometheus();
    const write = (now: () => number) =>
      writeHistory({ simulation, prometheusUrl, now, onProgress: () => undefined });
    const offSinceMs = tickStart(Date.now()) - 3 * 3_600_000 + 1_000;
    const perTick = simulation.series.length + simulation.targets.length;
    expect(await write(() => offSinceMs)).toBe((9 * 30 + 1 + 1) * perTick);
    expect(await newestSampleMs(prometheusUrl, Date.now())).toBe(offSinceMs + 1);
    expect(await write(Date.now)).toBeGreaterThanOrEqual((90 + 1) * perTick);
    expect(await write(Date.now)).toBe(0);
    for (const counter of COUNTERS) expect(await one(`max(resets(${counter}[1d]))`), counter).toBe(0);
    expect(await one("min(count_over_time(up[12h:2m]))")).toBeGreaterThanOrEqual(358);
  });
});
