import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { createWorld } from "#demo/sim/script.ts";
import { simulate } from "#demo/sim/simulation.ts";
import { keptCheckpoints } from "#demo/sim/testing.ts";
import { truth } from "#demo/sim/truth.ts";
import { METRIC_PRESETS } from "#lib/domain/signals/presets.ts";
import { templateDefinitions } from "#lib/domain/slo/definition/templates.ts";
import type { SlotValue } from "#lib/domain/slo/slots/series.ts";
import { DAY_MS, MINUTE_MS, slotAt } from "#lib/domain/slo/slots/slot.ts";
import { connectDatabase } from "#lib/server/db/client.ts";
import { createLeadership } from "#lib/server/db/leadership.ts";
import { createSlo } from "#lib/server/services/slos/create.ts";
import { ADMIN } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { ledgerSlots } from "#lib/server/testing/ledger-slots.ts";
import { type RealServer, startPrometheus } from "#lib/server/testing/real-servers.ts";
import { TAKES_REMOTE_WRITE, type WrittenSeries, writeSeries } from "#lib/server/testing/write-series.ts";
import { LedgerKeeper } from "./keeper.ts";

const HOUR_MS = 60 * MINUTE_MS;
const SCRAPE_MS = 15_000;
const SERVICE = "checkout";

/** Two days: nothing happens on the first, everything on the second. */
const FROM_MS = Date.UTC(2026, 10, 16);
const TO_MS = FROM_MS + 2 * DAY_MS;
const NOW_MS = TO_MS + 15 * MINUTE_MS;
const onSecondDay = (hour: number, minute: number, second = 0) =>
  FROM_MS + DAY_MS + hour * HOUR_MS + minute * MINUTE_MS + second * 1000;

/** Deployed in a quiet night: no series of failures is there before the pod's first one, hours later. */
const QUIET_RESTART = { node: "ai2", atMs: onSecondDay(3, 10, 22) };
/** Crashed in the midst of an outage, just before its next scrape. */
const RESTART = { node: "ai1", atMs: onSecondDay(10, 22, 40) };
/** Two minutes of failed scrapes: of one pod, within an hour, and of all of them where one hour ends. */
const GAP_WITHIN_HOUR = { nodes: ["ai2"], fromMs: onSecondDay(11, 31), toMs: onSecondDay(11, 33) };
const GAP_OVER_HOUR = {
  nodes: ["ai1", "ai2"],
  fromMs: onSecondDay(12, 58, 45),
  toMs: onSecondDay(13, 0, 45),
};

const world = createWorld({ seed: 11, birthMs: NOW_MS, days: 2.25 });
const fault = { target: SERVICE, toMs: onSecondDay(14, 10) };
world.faults = [
  { ...fault, scenario: "errors", fromMs: onSecondDay(9, 40), strength: 0.04 },
  { ...fault, scenario: "latency", fromMs: onSecondDay(9, 50), strength: 9 },
];
const simulation = simulate(world, keptCheckpoints());

/** The service's own counters, each with its place among all series of the simulation. */
const COUNTERS = simulation.targets
  .filter(({ target }) => target.labels["service"] === SERVICE)
  .flatMap(({ target, series, first }) =>
    series.map((one, at) => ({ ...one, target, place: first + at })).filter(({ mode }) => mode === "tally"),
  );

const known = new Map<number, Float64Array>();
/** What they say at a moment, in their order. */
function valuesAt(tMs: number): Float64Array {
  const there = known.get(tMs);
  if (there) return there;
  const all = simulation.timeline.valuesAt(tMs);
  const values = Float64Array.from(COUNTERS, ({ place }) => all[place]!);
  known.set(tMs, values);
  return values;
}

/** As scrapes see them: from 0 after each start of their process, failures only once there was one. */
const SERIES = COUNTERS.map(({ name, labels, target }, at): WrittenSeries => {
  const own = target.labels["node"]!;
  const starts = [QUIET_RESTART, RESTART].filter(({ node }) => node === own).map(({ atMs }) => atMs);
  const gaps = [GAP_WITHIN_HOUR, GAP_OVER_HOUR].filter(({ nodes }) => nodes.includes(own));
  const isFailure = labels["status"]?.startsWith("5") === true;
  return {
    name,
    labels: { job: target.job, instance: target.instance, ...target.labels, ...labels },
    valueAt: (tMs) => {
      if (gaps.some(({ fromMs, toMs }) => tMs > fromMs && tMs < toMs)) return NaN;
      const startMs = starts.findLast((atMs) => atMs <= tMs);
      const value = valuesAt(tMs)[at]! - (startMs === undefined ? 0 : valuesAt(startMs)[at]!);
      return isFailure && value === 0 ? NaN : value;
    },
  };
});

const subject = { service: SERVICE, owner: null, tier: null, runbookUrl: null };
const [availability, latency] = templateDefinitions("api", {
  ...subject,
  names: METRIC_PRESETS.prometheus,
}) as [SloDefinition, SloDefinition];

let prometheus: RealServer;
let ledger: { availability: Map<number, SlotValue>; latency: Map<number, SlotValue> };
const closers: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  const databaseUrl = await freshDatabase();
  closers.push(connectDatabase(databaseUrl));
  prometheus = await startPrometheus({ flags: [TAKES_REMOTE_WRITE] });
  closers.push(() => prometheus.remove());
  // Scrapes that fall on no slot's edge.
  const times = { fromMs: FROM_MS - HOUR_MS, toMs: NOW_MS - 4_000, stepMs: SCRAPE_MS };
  await writeSeries(prometheus.url, SERIES, times);
  vi.stubEnv("PROMETHEUS_URL", prometheus.url);
  vi.useFakeTimers({ now: NOW_MS, toFake: ["Date"] });
  for (const definition of [availability, latency]) await createSlo(ADMIN, { definition }, testCaller());
  const keeper = new LedgerKeeper(createLeadership(databaseUrl, "ledger"));
  closers.push(() => keeper.close());
  await keeper.look(NOW_MS, AbortSignal.timeout(20_000));
  while (await keeper.catchUp(NOW_MS, AbortSignal.timeout(20_000)));
  const span = { fromMs: FROM_MS, toMs: TO_MS - 1 };
  ledger = {
    availability: await ledgerSlots(availability, span),
    latency: await ledgerSlots(latency, span),
  };
});
afterAll(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  for (const close of closers.reverse()) await close();
});

/** One figure of the ledger beside what the simulator itself counted. */
interface Comparison {
  what: string;
  from: string;
  measured: number;
  counted: number;
  /** Ratio to what was counted; 0 where less than one event is amiss. */
  deviation: number;
}

function compare(fromMs: number, toMs: number): Comparison[] {
  const { total, bad, slowerThan } = truth(simulation, SERVICE, fromMs, toMs);
  const sum = (of: keyof typeof ledger, read: (slot: SlotValue) => number) =>
    Array.from({ length: slotAt(toMs) - slotAt(fromMs) }, (_, at) => slotAt(fromMs) + at).reduce(
      (all, slot) => all + read(ledger[of].get(slot)!),
      0,
    );
  const { sli } = latency;
  const slow = slowerThan[String(sli.kind === "latency" ? sli.thresholdSeconds : NaN)]!;
  const figures: [string, number, number][] = [
    ["requests", sum("availability", (slot) => slot.total), total],
    ["failed", sum("availability", (slot) => slot.bad), bad],
    ["timed", sum("latency", (slot) => slot.total), total],
    ["slow", sum("latency", (slot) => slot.bad), slow],
  ];
  return figures.map(([what, measured, counted]) => {
    const amiss = Math.abs(measured - counted);
    const deviation = amiss < 1 ? 0 : amiss / counted;
    return { what, from: new Date(fromMs).toISOString(), measured, counted, deviation };
  });
}

const every = (stepMs: number) =>
  Array.from({ length: (TO_MS - FROM_MS) / stepMs }, (_, at) => FROM_MS + at * stepMs);

function expectWithin(comparisons: readonly Comparison[], most: number): void {
  const [worst] = comparisons.toSorted((a, b) => b.deviation - a.deviation);
  expect(worst!.deviation, JSON.stringify(worst)).toBeLessThanOrEqual(most);
}

const sharesGap = (hourMs: number) => GAP_OVER_HOUR.fromMs < hourMs + HOUR_MS && hourMs < GAP_OVER_HOUR.toMs;

describe("the ledger is what the simulator counted, through restarts, failed scrapes and first failures", () => {
  test("within 0.2 % a day", () => {
    expectWithin(
      every(DAY_MS).flatMap((fromMs) => compare(fromMs, fromMs + DAY_MS)),
      0.002,
    );
  });

  test("within 1 % an hour", () => {
    const hours = every(HOUR_MS).filter((hourMs) => !sharesGap(hourMs));
    expect(hours).toHaveLength(46);
    expectWithin(
      hours.flatMap((fromMs) => compare(fromMs, fromMs + HOUR_MS)),
      0.01,
    );
  });

  // Whether requests that no scrape saw came before the hour was over or after, no sample tells.
  test("what nobody saw while an hour ended counts in the next one, and nothing of it is lost", () => {
    const [first, second] = every(HOUR_MS).filter(sharesGap) as [number, number];
    expectWithin(compare(first, second + HOUR_MS), 0.001);
    const unseen = compare(GAP_OVER_HOUR.fromMs - SCRAPE_MS, second);
    compare(first, second).forEach(({ what, measured, counted }, at) => {
      expect(counted - measured, what).toBeGreaterThan(0);
      expect(counted - measured, what).toBeLessThanOrEqual(unseen[at]!.counted);
    });
  });
});
