import { performance } from "node:perf_hooks";
import type { DiscoveredService } from "#lib/contracts/catalogue.ts";
import type { ServiceHealth } from "#lib/contracts/cluster.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { connectDatabase } from "#lib/server/db/client.ts";
import { startTemporaryPostgres } from "#lib/server/db/embedded/temporary.ts";
import { panelRegistry } from "#lib/server/panels/registry.ts";
import { runPanel } from "#lib/server/query/run-panel.ts";
import { recordDiscovered } from "#lib/server/services/catalogue/record-discovered.ts";
import { queriesAnswered } from "#lib/server/testing/queries-answered.ts";
import { startPrometheus } from "#lib/server/testing/real-servers.ts";
import { TAKES_REMOTE_WRITE, writeSeries } from "#lib/server/testing/write-series.ts";
import { migrate } from "../prisma/migrate.ts";
import { median } from "./calibrate.ts";
import { seriesOf } from "./ledger-world.ts";
import { arm, atMost, type Arm, type Bar } from "./report.ts";

const FEW = 10;
const MANY = 1_000;
const PAST_MS = 50 * 60_000;
/** What is measured must not run dry while it is asked. */
const AHEAD_MS = 5 * 60_000;
const DAY_MS = 86_400_000;
/** As many as the guard of a source lets through at once: more would only wait there. */
const ASKERS = 8;
const RANGE = { lastSeconds: 3600 };
const TIME_LIMIT = 0.25;

const nameOf = (nth: number) => `service-${nth}`;

async function recordServices(count: number): Promise<void> {
  const sightings = Array.from({ length: count }, (_, nth): DiscoveredService => {
    const seen = { tier: null, team: null, namespace: "bench", nodes: ["ai1"], dependencies: [] };
    return { name: nameOf(nth), kind: "api", metricPreset: "prometheus", ...seen };
  });
  await recordDiscovered(SYSTEM_ACTOR, sightings, new Date());
}

/** A new plane for whoever asks next: what is measured is the asking, not the cache. */
function forgetAnswers(): void {
  Reflect.deleteProperty(globalThis, Symbol.for("burnline.query.plane"));
}

const caller = () => ({ actor: SYSTEM_ACTOR, nowMs: Date.now(), signal: AbortSignal.timeout(300_000) });

/** The list as the page asks for it. */
async function askTogether(): Promise<ServiceHealth[]> {
  const call = { panel: "cluster.services", params: {}, range: RANGE, widthPx: 600 } as const;
  return (await runPanel(panelRegistry, caller(), call)).answer.data;
}

/** The same figures with queries for each service; what needs no service's name is still asked once for all. */
async function askSeparately(): Promise<ServiceHealth[]> {
  const found: ServiceHealth[] = [];
  let next = 0;
  const asker = async () => {
    while (next < MANY) {
      const params = { service: nameOf(next++) };
      const call = { panel: "service.health", params, range: RANGE, widthPx: 600 } as const;
      found.push((await runPanel(panelRegistry, caller(), call)).answer.data);
    }
  };
  await Promise.all(Array.from({ length: ASKERS }, asker));
  return found;
}

/** What the list says of a service, to the digits that do not change while it is asked. */
function figuresOf(services: readonly ServiceHealth[]): string {
  const digits = (value: number | null) => value?.toPrecision(3) ?? null;
  const rows = services.map(({ name, status, signals: { latency, traffic, errors } }) => [
    name,
    status,
    digits(latency.p99Seconds),
    digits(traffic.requestsPerSecond),
    digits(errors.ratio),
  ]);
  return JSON.stringify(rows.sort((a, b) => String(a[0]).localeCompare(String(b[0]))));
}

async function requireEqual(): Promise<void> {
  forgetAnswers();
  const [together, separately] = [await askTogether(), await askSeparately()];
  const measured = together.filter(({ signals }) => signals.traffic.requestsPerSecond !== null);
  if (measured.length !== MANY) throw new Error(`${measured.length} of ${MANY} services were measured`);
  if (figuresOf(together) !== figuresOf(separately)) throw new Error("the two ways answer different figures");
}

async function took(work: () => Promise<unknown>): Promise<number> {
  forgetAnswers();
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}

/** Upstream queries of work that begins without an answer. */
async function queriesOf(url: string, work: () => Promise<unknown>): Promise<number> {
  forgetAnswers();
  const before = await queriesAnswered(url);
  await work();
  return (await queriesAnswered(url)) - before;
}

/** The services list over a real Prometheus with 1,000 services: what it asks, against queries for each service. */
export async function benchServicesList(rounds: number): Promise<{ arms: Arm[]; bars: Bar[] }> {
  const database = await startTemporaryPostgres();
  await migrate(database.url);
  const disconnect = connectDatabase(database.url);
  const prometheus = await startPrometheus({ flags: [TAKES_REMOTE_WRITE] });
  process.env.PROMETHEUS_URL = prometheus.url;
  try {
    const [fromMs, toMs] = [Date.now() - PAST_MS, Date.now() + AHEAD_MS];
    const series = Array.from({ length: MANY }, (_, nth) => seriesOf(nameOf(nth), 1, fromMs - DAY_MS)).flat();
    await writeSeries(prometheus.url, series, { fromMs, toMs, stepMs: 15_000 });
    await recordServices(FEW);
    const few = await queriesOf(prometheus.url, askTogether);
    await recordServices(MANY);
    const many = await queriesOf(prometheus.url, askTogether);
    const apart = await queriesOf(prometheus.url, askSeparately);
    await requireEqual();
    const together: number[] = [];
    const separately: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      together.push(await took(askTogether));
      separately.push(await took(askSeparately));
    }
    return {
      arms: [
        arm(`services list of ${MANY}, one query for all`, "ms", together),
        arm(`services list of ${MANY}, queries for each`, "ms", separately),
        arm(`upstream queries of the list of ${FEW}`, "", [few]),
        arm(`upstream queries of the list of ${MANY}`, "", [many]),
        arm("upstream queries of each service", "", [apart]),
      ],
      bars: [
        atMost(`upstream queries of ${MANY} services against ${FEW}`, many / few, 1, "x"),
        atMost(
          "time of the list against separate queries",
          median(together) / median(separately),
          TIME_LIMIT,
          "x",
        ),
      ],
    };
  } finally {
    await disconnect();
    await prometheus.remove();
    await database.stop();
  }
}
