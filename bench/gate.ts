import { performance } from "node:perf_hooks";
import type { DiscoveredService } from "#lib/contracts/catalogue.ts";
import { DAY_MS, SLOT_MS, slotAt } from "#lib/domain/slo/slots/slot.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { connectDatabase, read, transaction } from "#lib/server/db/client.ts";
import { startTemporaryPostgres } from "#lib/server/db/embedded/temporary.ts";
import { createLeadership } from "#lib/server/db/leadership.ts";
import { upsertSightings } from "#lib/server/db/service.repo.ts";
import { LedgerKeeper } from "#lib/server/ledger/keeper.ts";
import { verifyDecisions } from "#lib/server/services/decisions/verify.ts";
import { evaluateGate } from "#lib/server/services/gate/evaluate.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { startPrometheus } from "#lib/server/testing/real-servers.ts";
import { TAKES_REMOTE_WRITE, writeSeries } from "#lib/server/testing/write-series.ts";
import { migrate } from "../prisma/migrate.ts";
import { median } from "./calibrate.ts";
import { definitionsOf, saveSlos, seriesOf, writeHistory } from "./ledger-world.ts";
import { arm, atLeast, atMost, type Arm, type Bar } from "./report.ts";

const SERVICES = 500;
const HISTORY_DAYS = 30;
const PRESENT_MS = 50 * 60_000;
const ONE_BY_ONE = 200;
const AT_ONCE = 1_000;
const ASKERS = 8;
const P95_LIMIT_MS = 50;
const PER_SECOND_LIMIT = 200;

const serviceOf = (nth: number) => `service-${nth % SERVICES}`;

/** 1,000 SLOs of 500 services, measured, in the catalogue, and evaluated a moment ago. */
async function buildWorld(prometheusUrl: string, keeper: LedgerKeeper): Promise<void> {
  const nowMs = slotAt(Date.now()) * SLOT_MS;
  const startMs = nowMs - (HISTORY_DAYS + 1) * DAY_MS;
  const services = Array.from({ length: SERVICES }, (_, nth) => serviceOf(nth));
  const series = services.flatMap((service) => seriesOf(service, 1, startMs));
  await writeSeries(prometheusUrl, series, {
    fromMs: Date.now() - PRESENT_MS,
    toMs: Date.now(),
    stepMs: 15_000,
  });
  const sightings = services.map((name): DiscoveredService => {
    const seen = { tier: null, team: null, namespace: "bench", nodes: ["ai1"], dependencies: [] };
    return { name, kind: "api", metricPreset: "prometheus", ...seen };
  });
  await transaction((tx) => upsertSightings(tx, sightings, new Date()));
  const slos = await saveSlos(services.flatMap(definitionsOf), new Date(nowMs));
  await writeHistory(slos, HISTORY_DAYS, nowMs);
  // A month written in a minute is on its way to the disk for another; nobody's ledger grows like that.
  await read((tx) => tx.$executeRaw`checkpoint`);
  await keeper.look(Date.now(), AbortSignal.timeout(120_000));
}

async function ask(nth: number): Promise<string> {
  const answer = await evaluateGate(
    SYSTEM_ACTOR,
    { service: serviceOf(nth), declaredRisk: "low" },
    testCaller(),
  );
  if (answer instanceof Response) throw new Error(`asked without waiting, and was answered ${answer.status}`);
  return answer.status;
}

function p95(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? NaN;
}

async function askOneByOne(): Promise<number> {
  const took: number[] = [];
  for (let nth = 0; nth < ONE_BY_ONE; nth += 1) {
    const startMs = performance.now();
    await ask(nth);
    took.push(performance.now() - startMs);
  }
  return p95(took);
}

async function askAtOnce(): Promise<number> {
  let next = 0;
  const startMs = performance.now();
  const asker = async () => {
    while (next < AT_ONCE) await ask(next++);
  };
  await Promise.all(Array.from({ length: ASKERS }, asker));
  return (AT_ONCE * 1000) / (performance.now() - startMs);
}

/** The gate at 1,000 SLOs, against a real PostgreSQL and a real Prometheus: one after the other, and many at once. */
export async function benchGate(rounds: number): Promise<{ arms: Arm[]; bars: Bar[] }> {
  const database = await startTemporaryPostgres();
  await migrate(database.url);
  const disconnect = connectDatabase(database.url);
  const prometheus = await startPrometheus({ flags: [TAKES_REMOTE_WRITE] });
  process.env.PROMETHEUS_URL = prometheus.url;
  const keeper = new LedgerKeeper(createLeadership(database.url, "ledger"));
  try {
    await buildWorld(prometheus.url, keeper);
    const status = await ask(0);
    // Decided on nothing it would be quick, and say nothing about the gate.
    if (status === "insufficient_data") throw new Error("the gate has no data to decide on");
    const single: number[] = [];
    const rates: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await keeper.look(Date.now(), AbortSignal.timeout(120_000));
      single.push(await askOneByOne());
      rates.push(await askAtOnce());
    }
    const { ok } = await verifyDecisions(SYSTEM_ACTOR, {}, testCaller());
    if (!ok) throw new Error("the chain of decisions is broken");
    return {
      arms: [
        arm("a decision at 1,000 SLOs, p95", "ms", single),
        arm(`decisions, ${ASKERS} ask at once`, "/s", rates),
      ],
      bars: [
        atMost("a decision at 1,000 SLOs, p95", median(single), P95_LIMIT_MS, "ms"),
        atLeast("decisions a second", median(rates), PER_SECOND_LIMIT, "/s"),
      ],
    };
  } finally {
    await keeper.close();
    await disconnect();
    await prometheus.stop();
    await database.stop();
  }
}
