import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { METRIC_PRESETS } from "#lib/domain/signals/presets.ts";
import { templateDefinitions } from "#lib/domain/slo/definition/templates.ts";
import { DAY_MS, MINUTE_MS } from "#lib/domain/slo/slots/slot.ts";
import { connectDatabase, read, type Transaction, transaction } from "#lib/server/db/client.ts";
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
const LOCK_TIMEOUT_MS = 30_000;
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

/** How many wait for what somebody else has locked. */
async function waitingForLocks(): Promise<number> {
  const rows = await read(
    (tx) => tx.$queryRaw<unknown[]>`
      select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows.length;
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

let halfway: unknown;
test("a leader killed while it asks for history leaves what it wrote, and a waiting replica takes over", async () => {
  const silence = () => new Promise<void>(() => undefined);
  const asked = secondChunkAsked(silence);
  const first = startReplica();
  await expectOf(first, asked);
  const second = startReplica();
  await expectOf(second, once(second.stdout, "data"));
  halfway = await keptInTheMiddle();
  const askedAgain = secondChunkAsked(silence);
  await kill(first);
  await expectOf(second, askedAgain);
  await kill(second);
  expect(await kept()).toEqual(halfway);
});

/** Both leave it to others to refer to the rows. */
const LOCKS = {
  "its slots": (tx: Transaction) =>
    tx.$queryRaw`select 1 from ledger_days order by day limit 1 for no key update`,
  "its watermark": (tx: Transaction) => tx.$queryRaw`select 1 from measures for no key update`,
};
test.each(Object.entries(LOCKS))(
  "a leader killed while it writes %s leaves nothing of both",
  async (_, lock) => {
    const { promise: freed, resolve: free } = Promise.withResolvers<void>();
    let locked: Promise<unknown> = Promise.resolve();
    const asked = secondChunkAsked(
      () =>
        new Promise((isLocked) => {
          locked = transaction(async (tx) => {
            await lock(tx);
            isLocked();
            await freed;
          }, LOCK_TIMEOUT_MS);
        }),
    );
    const leader = startReplica();
    await expectOf(leader, asked);
    await until(async () => (await waitingForLocks()) === 1);
    await kill(leader);
    free();
    await locked;
    // What the dead one had begun is either committed or gone once nobody waits any more.
    await until(async () => (await waitingForLocks()) === 0);
    await read((tx) => tx.$queryRaw`select 1 from measures for update`);
    expect(await kept()).toEqual(halfway);
  },
);

test("in the end the ledger is to the bit what it is when nobody dies", async () => {
  const [exitCode] = (await once(startReplica(), "exit")) as [number | null];
  expect(exitCode).toBe(0);
  const all = await kept();
  expect(all.days).toHaveLength(31);
  expect(all).toEqual(undisturbed);
});
