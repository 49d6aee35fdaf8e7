import { performance } from "node:perf_hooks";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { DAY_MS, SLOT_MS, slotAt } from "#lib/domain/slo/slots/slot.ts";
import { connectDatabase, read } from "#lib/server/db/client.ts";
import { startTemporaryPostgres } from "#lib/server/db/embedded/temporary.ts";
import { createLeadership } from "#lib/server/db/leadership.ts";
import { findMeasuresInUse } from "#lib/server/db/measure.repo.ts";
import { backfillChunk } from "#lib/server/ledger/backfill.ts";
import { LedgerBook } from "#lib/server/ledger/book.ts";
import { evaluateSlos } from "#lib/server/ledger/evaluate.ts";
import { evaluationTime, type SloInForce } from "#lib/server/ledger/in-force.ts";
import { LedgerKeeper } from "#lib/server/ledger/keeper.ts";
import { openSource } from "#lib/server/ledger/source.ts";
import { listSlos } from "#lib/server/services/slos/list.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { queriesAnswered } from "#lib/server/testing/queries-answered.ts";
import { startPrometheus } from "#lib/server/testing/real-servers.ts";
import { TAKES_REMOTE_WRITE, writeSeries } from "#lib/server/testing/write-series.ts";
import { migrate } from "../prisma/migrate.ts";
import { median } from "./calibrate.ts";
import { definitionsOf, saveSlos, seriesOf, writeHistory } from "./ledger-world.ts";
import { arm, atMost, type Arm, type Bar } from "./report.ts";

/** A long past is written in parts of hours, and a block refuses what is older than half its span. */
const FLAGS = [
  TAKES_REMOTE_WRITE,
  "--storage.tsdb.min-block-duration=24h",
  "--storage.tsdb.max-block-duration=24h",
];
const SERVICES = 500;
const HISTORY_DAYS = 30;
/** Prometheus takes nothing older than an hour before its newest sample. */
const PRESENT_MS = 50 * 60_000;
const EVALUATION_LIMIT_MS = 300;
const FLATNESS_LIMIT = 1.2;
const QUERIES_LIMIT = 30;
const BACKFILL_LIMIT_MS = 5_000;
/** Series behind the figure of the SLO whose history is fetched: 12 routes with and without errors. */
const ROUTES = 12;

const elapsed = async (work: () => unknown): Promise<number> => {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
};

const over = (days: number, slos: readonly SloInForce[]): SloInForce[] =>
  slos.map((slo) => {
    const objectives: SloDefinition["objectives"] = slo.definition.objectives.map(({ target }) => ({
      target,
      window: { kind: "rolling", days },
    }));
    return { ...slo, definition: { ...slo.definition, objectives } };
  });

/** The status of all SLOs from the ledger: how long it takes, for short windows and long ones. */
async function benchEvaluation(slos: readonly SloInForce[], nowMs: number, rounds: number) {
  const book = new LedgerBook();
  await book.open(slos.flatMap(({ measureId }) => measureId ?? []));
  const time = evaluationTime(nowMs);
  const evaluate = async (some: readonly SloInForce[]) => {
    const source = await openSource(book, some, new Map(), time);
    return evaluateSlos(some, source, new Map(), time);
  };
  const short = over(7, slos);
  const long = over(HISTORY_DAYS, slos);
  const cold = await elapsed(() => evaluate(long));
  await evaluate(short);
  const figures = { short: [] as number[], long: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    await evaluate(short);
    figures.short.push(await elapsed(() => evaluate(short)));
    await evaluate(long);
    figures.long.push(await elapsed(() => evaluate(long)));
  }
  return { ...figures, cold };
}

/** All history of one SLO, from nothing. */
async function benchBackfill(definition: SloDefinition, nowMs: number): Promise<number> {
  const [slo] = await saveSlos([definition], new Date(nowMs));
  const own = async () => (await read(findMeasuresInUse)).filter(({ id }) => id === slo?.measureId);
  const book = new LedgerBook();
  const resting = new Map<string, number>();
  return elapsed(async () => {
    await book.open((await own()).map(({ id }) => id));
    const signal = AbortSignal.timeout(60_000);
    while (await backfillChunk(book, await own(), { nowMs, signal, resting }));
  });
}

/** The ledger at 1,000 SLOs, against a real PostgreSQL and a real Prometheus. */
export async function benchLedger(rounds: number): Promise<{ arms: Arm[]; bars: Bar[] }> {
  const nowMs = slotAt(Date.now()) * SLOT_MS;
  const startMs = nowMs - (HISTORY_DAYS + 1) * DAY_MS;
  const database = await startTemporaryPostgres();
  await migrate(database.url);
  const disconnect = connectDatabase(database.url);
  const prometheus = await startPrometheus({ flags: FLAGS });
  process.env.PROMETHEUS_URL = prometheus.url;
  const keeper = new LedgerKeeper(createLeadership(database.url, "ledger"));
  try {
    const shops = Array.from({ length: rounds }, (_, at) => `long-${at}`);
    const past = shops.flatMap((service) => seriesOf(service, ROUTES, startMs));
    await writeSeries(prometheus.url, past, { fromMs: startMs, toMs: nowMs, stepMs: 15_000 });
    const services = Array.from({ length: SERVICES }, (_, at) => `service-${at}`);
    const present = services.flatMap((service) => seriesOf(service, 1, startMs));
    await writeSeries(prometheus.url, present, { fromMs: nowMs - PRESENT_MS, toMs: nowMs, stepMs: 15_000 });

    const backfills: number[] = [];
    for (const service of shops) {
      const [availability] = definitionsOf(service);
      if (availability) backfills.push(await benchBackfill(availability, nowMs));
    }
    const slos = await saveSlos(services.flatMap(definitionsOf), new Date(nowMs));
    await writeHistory(slos, HISTORY_DAYS, nowMs);
    const evaluation = await benchEvaluation(slos, nowMs, rounds);

    const lookAtMs = nowMs + 30_000;
    await keeper.look(lookAtMs, AbortSignal.timeout(120_000));
    const before = await queriesAnswered(prometheus.url);
    const looks = [await elapsed(() => keeper.look(lookAtMs + 1_000, AbortSignal.timeout(120_000)))];
    const queries = (await queriesAnswered(prometheus.url)) - before;
    const lists: number[] = [];
    for (let round = 0; round < rounds; round += 1)
      lists.push(await elapsed(() => listSlos(SYSTEM_ACTOR, {})));

    const long = median(evaluation.long);
    return {
      arms: [
        arm(`evaluate 1,000 SLOs of ${HISTORY_DAYS} d`, "ms", evaluation.long),
        arm("evaluate 1,000 SLOs of 7 d", "ms", evaluation.short),
        arm("the same, slots not yet at hand", "ms", [evaluation.cold]),
        arm("list 1,000 SLOs", "ms", lists),
        arm("one look at 1,000 SLOs", "ms", looks),
        arm("history of 30 d of one SLO, 24 series", "ms", backfills),
      ],
      bars: [
        atMost("status of 1,000 SLOs from the ledger", long, EVALUATION_LIMIT_MS, "ms"),
        atMost("  30 d against 7 d", long / median(evaluation.short), FLATNESS_LIMIT, "x"),
        atMost("upstream queries of a look at 1,000 SLOs", queries, QUERIES_LIMIT, "queries"),
        atMost("history of 30 d of one SLO", median(backfills), BACKFILL_LIMIT_MS, "ms"),
      ],
    };
  } finally {
    await keeper.close();
    await disconnect();
    await prometheus.stop();
    await database.stop();
  }
}
