import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { METRIC_PRESETS } from "#lib/domain/signals/presets.ts";
import { WHOLE } from "#lib/domain/slo/definition/groups.ts";
import { templateDefinitions } from "#lib/domain/slo/definition/templates.ts";
import { writeMeasure } from "#lib/domain/slo/queries/fuse.ts";
import { measureOf } from "#lib/domain/slo/queries/measure.ts";
import { SLOT_MS, slotAt } from "#lib/domain/slo/slots/slot.ts";
import { connectDatabase, read } from "#lib/server/db/client.ts";
import { createLeadership } from "#lib/server/db/leadership.ts";
import { findStates } from "#lib/server/db/slo-state.repo.ts";
import { createSlo } from "#lib/server/services/slos/create.ts";
import { getSlo } from "#lib/server/services/slos/get.ts";
import { listSlos } from "#lib/server/services/slos/list.ts";
import { updateSlo } from "#lib/server/services/slos/update.ts";
import { ADMIN } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { ledgerSlots } from "#lib/server/testing/ledger-slots.ts";
import { type RealServer, startPrometheus } from "#lib/server/testing/real-servers.ts";
import { TAKES_REMOTE_WRITE, type WrittenSeries, writeSeries } from "#lib/server/testing/write-series.ts";
import { LedgerKeeper } from "./keeper.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const STEP_MS = 15_000;
/** The end of a slot some minutes ago; what comes later is written by the tests. */
const NOW_MS = slotAt(Date.now() - 20 * MINUTE_MS) * SLOT_MS;
const FROM_MS = NOW_MS - 26 * HOUR_MS;

const minutes = (tMs: number) => (tMs - NOW_MS) / MINUTE_MS;
/** Six requests a second since long before. */
const counted = (tMs: number) => ((tMs - FROM_MS) / 1000 + 50_000) * 6;
const RESTART_MS = NOW_MS - 7.5 * HOUR_MS;

const shop = { job: "shop", instance: "a:1", service: "shop" };
const cart = { job: "shop", instance: "b:1", service: "cart" };
const name = "http_requests_total";
const SERIES: WrittenSeries[] = [
  // Restarted seven and a half hours ago.
  {
    name,
    labels: { ...shop, status: "200" },
    valueAt: (t) => (t < RESTART_MS ? counted(t) : counted(t) - counted(RESTART_MS)),
  },
  // Its first error is twelve hours old, and had not been exposed before.
  {
    name,
    labels: { ...shop, status: "500" },
    valueAt: (t) => (minutes(t) < -720 || t >= RESTART_MS ? NaN : Math.floor(minutes(t) + 720) + 1),
  },
  // Two minutes without a scrape, three hours ago; no request ever failed.
  {
    name,
    labels: { ...cart, status: "200" },
    valueAt: (t) => (minutes(t) > -182 && minutes(t) < -180 ? NaN : counted(t)),
  },
];

const availabilityOf = (service: string): SloDefinition => {
  const subject = { service, owner: null, tier: null, runbookUrl: null, names: METRIC_PRESETS.prometheus };
  const [availability] = templateDefinitions("api", subject);
  return availability as SloDefinition;
};

let prometheus: RealServer;
let databaseUrl: string;
const closers: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  databaseUrl = await freshDatabase();
  closers.push(connectDatabase(databaseUrl));
  prometheus = await startPrometheus({ flags: [TAKES_REMOTE_WRITE] });
  await writeSeries(prometheus.url, SERIES, { fromMs: FROM_MS, toMs: NOW_MS, stepMs: STEP_MS });
  vi.stubEnv("PROMETHEUS_URL", prometheus.url);
  vi.useFakeTimers({ now: NOW_MS, toFake: ["Date"] });
});
afterAll(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  for (const close of closers.reverse()) await close();
  await prometheus.stop();
});

function newKeeper(): LedgerKeeper {
  const keeper = new LedgerKeeper(createLeadership(databaseUrl, "ledger"));
  closers.push(() => keeper.close());
  return keeper;
}
const signal = () => AbortSignal.timeout(20_000);

const ledgerOf = (definition: SloDefinition) =>
  ledgerSlots(definition, { fromMs: FROM_MS, toMs: NOW_MS + HOUR_MS });

/** The same slots as Prometheus answers the query that is shown to people. */
async function askedDirectly(definition: SloDefinition, toMs: number) {
  const columns = new Map<string, Map<number, number>>();
  for (const { name: part, expr } of writeMeasure(measureOf(definition)!)) {
    const body = new URLSearchParams({
      query: expr,
      start: String((FROM_MS + SLOT_MS) / 1000),
      end: String(toMs / 1000),
      step: "300",
    });
    const response = await fetch(`${prometheus.url}/api/v1/query_range`, { method: "POST", body });
    const { data } = (await response.json()) as { data: { result: { values: [number, string][] }[] } };
    const values = data.result[0]?.values ?? [];
    columns.set(part, new Map(values.map(([t, value]) => [slotAt(t * 1000) - 1, Number(value)])));
  }
  return columns;
}

async function expectLedgerToEqualPrometheus(definition: SloDefinition, toMs: number): Promise<void> {
  const ledger = await ledgerOf(definition);
  const direct = await askedDirectly(definition, toMs);
  const totals = direct.get("total")!;
  expect(ledger.size).toBe(totals.size);
  const sum = (values: Iterable<number>) => [...values].reduce((all, one) => all + one, 0);
  const bad = sum([...ledger.values()].map((slot) => slot.bad));
  const total = sum([...ledger.values()].map((slot) => slot.total));
  expect(Math.abs(total / sum(totals.values()) - 1)).toBeLessThan(1e-9);
  const directBad = sum(direct.get("numerator")!.values());
  expect(Math.abs(bad - directBad)).toBeLessThanOrEqual(directBad * 1e-9);
}

const shopSlo = availabilityOf("shop");
const cartSlo = availabilityOf("cart");
let shopId = "";

test("history is fetched and goes on where a keeper died in the middle of it", async () => {
  shopId = (await createSlo(ADMIN, { definition: shopSlo }, testCaller())).id;
  await createSlo(ADMIN, { definition: cartSlo }, testCaller());
  const first = newKeeper();
  expect(await first.look(NOW_MS, signal())).toBe(2);
  expect(await first.catchUp(NOW_MS, signal())).toBe(true);
  // The database drops who dies, however it dies.
  await read(
    (tx) => tx.$executeRaw`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'burnline ledger' and datname = current_database()`,
  );
  const second = newKeeper();
  while (await second.catchUp(NOW_MS, signal()));
  await second.close();
  await expectLedgerToEqualPrometheus(shopSlo, NOW_MS);
  await expectLedgerToEqualPrometheus(cartSlo, NOW_MS);
});

test("the sums are what was counted, through a restart, failed scrapes and a first error", async () => {
  const ledger = await ledgerOf(shopSlo);
  const sums = { bad: 0, total: 0 };
  for (const { bad, total } of ledger.values()) {
    sums.bad += bad;
    sums.total += total;
  }
  // 7.5 h before now 4.5 h of errors, one a minute, had been counted.
  expect(sums.bad).toBe(270);
  const requests = (NOW_MS - FROM_MS) / 1000;
  expect(Math.abs(sums.total / (requests * 6 + 270) - 1)).toBeLessThan(0.002);
});

test("two keepers: one works, the other waits, and takes over when the first is gone", async () => {
  const [a, b] = [newKeeper(), newKeeper()];
  expect(await a.look(NOW_MS, signal())).toBe(2);
  expect(await b.look(NOW_MS, signal())).toBeNull();
  const states = await read((tx) => findStates(tx));
  expect(states.map(({ objective, groupKey }) => [objective, groupKey])).toEqual([
    [0, WHOLE],
    [0, WHOLE],
  ]);
  await a.close();
  expect(await b.look(NOW_MS, signal())).toBe(2);
  await b.close();
});

test("late samples and an absence of the keeper are made up for", async () => {
  const keeper = newKeeper();
  const laterMs = NOW_MS + 15 * MINUTE_MS;
  vi.setSystemTime(laterMs);
  const only = SERIES.filter(({ labels }) => labels.service === "cart");
  await writeSeries(prometheus.url, only, {
    fromMs: NOW_MS + STEP_MS,
    toMs: laterMs - 10 * MINUTE_MS,
    stepMs: STEP_MS,
  });
  await keeper.look(laterMs, signal());
  const before = await ledgerOf(cartSlo);
  expect(before.has(slotAt(laterMs) - 1)).toBe(false);
  await writeSeries(prometheus.url, only, {
    fromMs: laterMs - 10 * MINUTE_MS + STEP_MS,
    toMs: laterMs,
    stepMs: STEP_MS,
  });
  await keeper.look(laterMs + 30_000, signal());
  const after = await ledgerOf(cartSlo);
  expect(after.get(slotAt(laterMs) - 1)?.total).toBeCloseTo(6 * 300, 6);
  await expectLedgerToEqualPrometheus(cartSlo, laterMs);
  await keeper.close();
});

test("an edit of what is measured leaves the ledger of the version before as it was", async () => {
  const before = await ledgerOf(shopSlo);
  const changed: SloDefinition = {
    ...shopSlo,
    exclusions: { ...shopSlo.exclusions, events: [{ label: "status", operator: "=", value: "500" }] },
  };
  await updateSlo(ADMIN, { id: shopId, version: 1, definition: changed }, testCaller());
  const keeper = newKeeper();
  while (await keeper.catchUp(Date.now(), signal()));
  await keeper.look(Date.now(), signal());
  await keeper.close();
  expect(await ledgerOf(shopSlo)).toEqual(before);
  const slots = [...(await ledgerOf(changed)).values()];
  expect(slots.length).toBeGreaterThan(0);
  expect(slots.every(({ bad }) => bad === 0)).toBe(true);
});

test("a silent source is no data, never healthy and never a figure of its own", async () => {
  await prometheus.stop();
  const keeper = newKeeper();
  const silentMs = Date.now() + 11 * MINUTE_MS;
  vi.setSystemTime(silentMs);
  await keeper.look(silentMs, signal());
  const { data } = await listSlos(ADMIN, {});
  expect(data.slos.map(({ status }) => status)).toEqual(["no_data", "no_data"]);
  expect(data.slos.every(({ problem }) => problem?.includes("did not answer"))).toBe(true);
  const { data: one } = await getSlo(ADMIN, { id: shopId });
  const [budget] = one.slo.budgets;
  expect(budget?.burnRate["5m"]).toBeNull();
  await keeper.close();
});
