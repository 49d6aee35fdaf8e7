import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { DiscoveredService } from "#lib/contracts/catalogue.ts";
import { PANELS } from "#lib/contracts/panels.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { connectDatabase } from "#lib/server/db/client.ts";
import { runPanel } from "#lib/server/query/run-panel.ts";
import { recordDiscovered } from "#lib/server/services/catalogue/record-discovered.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { queriesAnswered } from "#lib/server/testing/queries-answered.ts";
import { type RealServer, startPrometheus } from "#lib/server/testing/real-servers.ts";
import { TAKES_REMOTE_WRITE, type WrittenSeries, writeSeries } from "#lib/server/testing/write-series.ts";
import { panelRegistry } from "./registry.ts";

const MINUTE_MS = 60_000;
const FEW = 10;
const MANY = 1_000;
/** So many in ten fail every fifth request: the Health page looks for the beginning of that, by name while they are few. */
const BROKEN_OF_TEN = 2;
const isBroken = (nth: number) => nth % 10 < BROKEN_OF_TEN;
const nameOf = (nth: number) => `payments-and-refunds-${nth}`;

const closers: (() => Promise<unknown>)[] = [];
let prometheus: RealServer;

function seriesOf(nth: number, startMs: number): WrittenSeries[] {
  const counter = (name: string, labels: Record<string, string>, perSecond: number): WrittenSeries => ({
    name,
    labels: { service: nameOf(nth), ...labels },
    valueAt: (tMs) => ((tMs - startMs) / 1000) * perSecond,
  });
  const failing = isBroken(nth) ? 2 : 0;
  return [
    counter("http_requests_total", { status: "200" }, 10 - failing),
    counter("http_requests_total", { status: "500" }, failing),
    ...["0.1", "+Inf"].map((le) => counter("http_request_duration_seconds_bucket", { le }, 10)),
  ];
}

beforeAll(async () => {
  closers.push(connectDatabase(await freshDatabase()));
  prometheus = await startPrometheus({ flags: [TAKES_REMOTE_WRITE] });
  closers.push(prometheus.remove);
  const [fromMs, toMs] = [Date.now() - 30 * MINUTE_MS, Date.now()];
  const series = Array.from({ length: MANY }, (_, nth) => seriesOf(nth, fromMs - 60 * MINUTE_MS)).flat();
  await writeSeries(prometheus.url, series, { fromMs, toMs, stepMs: MINUTE_MS });
  vi.stubEnv("PROMETHEUS_URL", prometheus.url);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all(closers.map((close) => close()));
});

async function catalogueOf(count: number): Promise<void> {
  const sightings = Array.from({ length: count }, (_, nth): DiscoveredService => {
    const seen = { tier: null, team: null, namespace: "prod", nodes: ["ai1"], dependencies: [] };
    return { name: nameOf(nth), kind: "api", metricPreset: "prometheus", ...seen };
  });
  await recordDiscovered(SYSTEM_ACTOR, sightings, new Date());
}

async function panel(name: "cluster.services" | "cluster.findings") {
  const caller = { actor: SYSTEM_ACTOR, nowMs: Date.now(), signal: AbortSignal.timeout(30_000) };
  const call = { panel: name, params: {}, range: { lastSeconds: 3600 }, widthPx: 600 } as const;
  return (await runPanel(panelRegistry, caller, call)).answer;
}

/** What a panel answers, and how many queries Prometheus answered for it; a new plane holds no answer yet. */
async function costOf(name: Parameters<typeof panel>[0]) {
  Reflect.deleteProperty(globalThis, Symbol.for("burnline.query.plane"));
  const before = await queriesAnswered(prometheus.url);
  const answer = await panel(name);
  return { answer, queries: (await queriesAnswered(prometheus.url)) - before };
}

test("the services list and the findings of 1,000 services cost as many queries as those of 10", async () => {
  await catalogueOf(FEW);
  const few = await costOf("cluster.services");
  const fewFindings = await costOf("cluster.findings");
  await catalogueOf(MANY);
  const many = await costOf("cluster.services");
  const manyFindings = await costOf("cluster.findings");

  const [some, services] = [few, many].map(({ answer }) =>
    PANELS["cluster.services"].data.parse(answer.data),
  );
  expect([some?.length, services?.length]).toEqual([FEW, MANY]);
  expect(services?.filter(({ status }) => status === "critical")).toHaveLength((MANY / 10) * BROKEN_OF_TEN);
  expect(services?.[0]?.signals.errors.ratio).toBeCloseTo(0.2, 6);
  expect(services?.every(({ signals }) => signals.errors.ratio !== null)).toBe(true);
  expect(many.queries).toBe(few.queries);
  expect(few.queries).toBeGreaterThan(0);
  expect(manyFindings.queries).toBeLessThanOrEqual(fewFindings.queries);
  expect(manyFindings.answer.warnings).toEqual(fewFindings.answer.warnings);
}, 120_000);
