import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { METRIC_PRESETS } from "#lib/domain/signals/presets.ts";
import { templateDefinitions } from "#lib/domain/slo/definition/templates.ts";
import { DAY_MS, MINUTE_MS } from "#lib/domain/slo/slots/slot.ts";
import { connectDatabase, read } from "#lib/server/db/client.ts";
import { createLeadership } from "#lib/server/db/leadership.ts";
import { findMeasuresInUse } from "#lib/server/db/measure.repo.ts";
import { createSlo } from "#lib/server/services/slos/create.ts";
import { ADMIN } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { type RealServer, startPrometheus, until } from "#lib/server/testing/real-servers.ts";
import { TAKES_REMOTE_WRITE, type WrittenSeries, writeSeries } from "#lib/server/testing/write-series.ts";
import { LedgerKeeper } from "./keeper.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const REPLICA = fileURLToPath(new URL("./fixtures/keep-ledger.ts", import.meta.url));
const NOW_MS = Date.UTC(2026, 10, 18, 11, 20);
const daysAgo = (days: number) => NOW_MS - days * DAY_MS;

const counted = (tMs: number) => ((tMs - daysAgo(40)) / 1000) * 3;
const RESTART_MS = daysAgo(15.3);
const labels = { job: "shop", instance: "a:1", service: "shop" };
const name = METRIC_PRESETS.prometheus.requests;
const SERIES: WrittenSeries[] = [
  {
    name,
    labels: { ...labels, status: "200" },
    valueAt: (t) => (t < RESTART_MS ? counted(t) : counted(t) - counted(RESTART_MS)),
  },
  // Born on the first day that the second chunk of history has, newest first.
  {
    name,
    labels: { ...labels, status: "500" },
    valueAt: (t) => (t < daysAgo(10.2) ? NaN : 1 + Math.floor((t - daysAgo(10.2)) / MINUTE_MS)),
  },
];
const subject = { service: "shop", owner: null, tier: null, runbookUrl: null };
const [definition] = templateDefinitions("api", { ...subject, names: METRIC_PRESETS.prometheus });

/** Called before a question about the second chunk of history goes on to Prometheus. */
let beforeSecondChunk = () => Promise.resolve();
/** What replicas take for Prometheus. */
const gate = http.createServer((request, response) => {
  void (async () => {
    const body = await text(request);
    const startMs = Number(new URLSearchParams(body).get("start") ?? Infinity) * 1000;
    if (startMs < daysAgo(10.5)) await beforeSecondChunk();
    const answer = await fetch(`${prometheus.url}${request.url}`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body,
    });
    response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
  })();
});

let prometheus: RealServer;
let databaseUrl = "";
let undisturbed: unknown;
const replicas: ChildProcess[] = [];
const closers: (() => Promise<unknown>)[] = [];

/** All that is kept of measured slots, to the bit, and how far it goes. */
const kept = () =>
  read(async (tx) => ({
    days: await tx.$queryRaw`
      select day, group_key, encode(bad, 'hex') as bad, encode(total, 'hex') as total, bad_sum, total_sum,
        covered_slots, revision
      from ledger_days order by group_key, day`,
    measures: await tx.$queryRaw`select id, resume_slot, backfill_to, backfill_from, problem from measures`,
  }));

async function makeSlo(): Promise<() => Promise<void>> {
  databaseUrl = await freshDatabase();
  const disconnect = connectDatabase(databaseUrl);
  await createSlo(ADMIN, { definition }, testCaller());
  return disconnect;
}

/** What is kept when nobody dies. */
async function keepUndisturbed(): Promise<unknown> {
  const disconnect = await makeSlo();
  const keeper = new LedgerKeeper(createLeadership(databaseUrl, "ledger"));
  const signal = AbortSignal.timeout(60_000);
  await keeper.look(NOW_MS, signal);
  while (await keeper.catchUp(NOW_MS, signal));
  const all = await kept();
  await keeper.close();
  await disconnect();
  return all;
}

beforeAll(async () => {
  // Prometheus keeps 15 days unless told.
  prometheus = await startPrometheus({ flags: [TAKES_REMOTE_WRITE, "--storage.tsdb.retention.time=90d"] });
  closers.push(() => prometheus.remove());
  await writeSeries(prometheus.url, SERIES, { fromMs: daysAgo(33), toMs: NOW_MS, stepMs: MINUTE_MS });
  gate.listen(0, "127.0.0.1");
  await once(gate, "listening");
  vi.stubEnv("PROMETHEUS_URL", `http://127.0.0.1:${(gate.address() as AddressInfo).port}`);
  vi.useFakeTimers({ now: NOW_MS, toFake: ["Date"] });
  undisturbed = await keepUndisturbed();
  closers.push(await makeSlo());
  locker = new pg.Client({ connectionString: databaseUrl });
  await locker.connect();
  closers.push(() => locker.end());
});
afterAll(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  for (const replica of replicas) replica.kill("SIGKILL");
  gate.closeAllConnections();
  gate.close();
  for (const close of closers.reverse()) await close();
});

function startReplica() {
  const replica = spawn(process.execPath, ["--import", "./register.ts", REPLICA], {
    cwd: ROOT,
    env: {
      ...process.env,
      BURNLINE_SECRET: "s".repeat(40),
      DATABASE_URL: databaseUrl,
      NOW_MS: String(NOW_MS),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  replicas.push(replica);
  return replica;
}

/** Waits for what a replica should do, as long as it lives. */
function expectOf<T>(replica: ChildProcess, done: Promise<T>): Promise<T> {
  const died = once(replica, "exit").then(() => Promise.reject(new Error("the replica ended before")));
  return Promise.race([done, died]);
}

async function kill(replica: ChildProcess): Promise<void> {
  const exited = once(replica, "exit");
  replica.kill("SIGKILL");
  expect(await exited).toEqual([null, "SIGKILL"]);
}

/** Fails unless some of the history is there and some is not. @returns what is kept */
async function keptInTheMiddle() {
  const [measure] = await read(findMeasuresInUse);
  expect(measure!.backfillTo).toBeGreaterThan(measure!.backfillFrom);
  expect(measure!.backfillTo).toBeLessThan(measure!.resumeSlot);
  return kept();
}

/** Resolves when a question about the second chunk is there; it goes on after `then`. */
const secondChunkAsked = (then: () => Promise<void>) =>
  new Promise<void>((resolve) => {
    beforeSecondChunk = async () => {
      beforeSecondChunk = () => Promise.resolve();
      resolve();
      await then();
    };
  });

let second: ReturnType<typeof startReplica>;
let halfway: unknown;
let locker: pg.Client;
/** The lock of a row that may be referred to but not updated: days can be written, the watermark cannot. */
async function lockWatermark(): Promise<void> {
  await locker.query("begin");
  await locker.query("select id from measures for no key update");
}

test("a leader killed while it asks for history leaves what it wrote, and a waiting replica takes over", async () => {
  const asked = secondChunkAsked(() => new Promise(() => undefined));
  const first = startReplica();
  await expectOf(first, asked);
  second = startReplica();
  await expectOf(second, once(second.stdout, "data"));
  halfway = await keptInTheMiddle();
  const askedAgain = secondChunkAsked(lockWatermark);
  await kill(first);
  await expectOf(second, askedAgain);
  expect(await kept()).toEqual(halfway);
});

test("a leader killed between its slots and its watermark leaves neither", async () => {
  await until(async () => {
    const waiting = await read(
      (tx) => tx.$queryRaw<unknown[]>`
        select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
          and query ilike '%update measures%'`,
    );
    return waiting.length === 1;
  });
  await kill(second);
  await locker.query("rollback");
  // A commit of the dead one's would have to come before the lock that its row is under is free.
  await locker.query("select id from measures for update");
  expect(await kept()).toEqual(halfway);
});

test("in the end the ledger is to the bit what it is when nobody dies", async () => {
  const [exitCode] = (await once(startReplica(), "exit")) as [number | null];
  expect(exitCode).toBe(0);
  const all = await kept();
  expect(all.days).toHaveLength(31);
  expect(all).toEqual(undisturbed);
});
