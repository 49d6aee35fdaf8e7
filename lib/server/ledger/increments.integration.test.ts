import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { increments } from "#lib/domain/slo/queries/increments.ts";
import type { Side } from "#lib/domain/slo/queries/sides.ts";
import { writeSide } from "#lib/domain/slo/queries/write-side.ts";
import { type RealServer, startPrometheus, startTarget } from "#lib/server/testing/real-servers.ts";
import { TAKES_REMOTE_WRITE, type WrittenSeries, writeSeries } from "#lib/server/testing/write-series.ts";

const MINUTE_MS = 60_000;
const SLOT_MS = 5 * MINUTE_MS;
const SLOTS = 12;
const END_MS = Math.floor(Date.now() / SLOT_MS) * SLOT_MS - SLOT_MS;
const START_MS = END_MS - SLOTS * SLOT_MS;

/** Requests at 2 a second from a quarter of an hour before the slots, as the target's own counter has them. */
const counted = (tMs: number) => ((tMs - START_MS) / 1000 + 900) * 2;
const minutes = (tMs: number) => (tMs - START_MS) / MINUTE_MS;

/** What each target exposes; minutes are counted from the first slot's start. */
const SERIES: Record<string, { labels: Record<string, string>; valueAt: (tMs: number) => number }> = {
  steady: { labels: { status: "200" }, valueAt: counted },
  // Restarts in the middle of a slot, at minute 22.5: 45 s later than its last multiple of a scrape.
  restarted: {
    labels: { status: "200" },
    valueAt: (t) => (minutes(t) < 22.5 ? counted(t) : counted(t) - counted(START_MS + 22.5 * MINUTE_MS)),
  },
  // Two minutes of failed scrapes across the edge of a slot.
  gap: { labels: { status: "200" }, valueAt: (t) => (minutes(t) > 24 && minutes(t) < 26 ? NaN : counted(t)) },
  // A target nobody scraped before minute 31, with a long past of its own.
  late: { labels: { status: "200" }, valueAt: (t) => (minutes(t) < 31 ? NaN : 1_000_000 + counted(t)) },
};
/** Scraped every ten minutes, just where a slot ends. */
const SPARSE = (t: number) => (minutes(t) % 10 === 0 ? counted(t) : NaN);
/** The steady target's first error: the series does not exist before it. */
const FIRST_ERROR = (t: number) => (minutes(t) < 41 ? NaN : 7 + Math.floor(minutes(t) - 41));

let target: Awaited<ReturnType<typeof startTarget>>;
let prometheus: RealServer;
beforeAll(async () => {
  target = await startTarget("");
  prometheus = await startPrometheus({ target: target.address, flags: [TAKES_REMOTE_WRITE] });
  const name = "http_requests_total";
  const series: WrittenSeries[] = Object.entries(SERIES).map(([instance, { labels, valueAt }]) => ({
    name,
    labels: { job: "shop", instance, ...labels },
    valueAt,
  }));
  series.push({ name, labels: { job: "shop", instance: "steady", status: "500" }, valueAt: FIRST_ERROR });
  series.push({ name, labels: { job: "shop", instance: "sparse" }, valueAt: SPARSE });
  await writeSeries(prometheus.url, series, { fromMs: START_MS - 900_000, toMs: END_MS, stepMs: 15_000 });
});
afterAll(async () => {
  await prometheus.stop();
  target.close();
});

/** The slots of one target, oldest first; null where there is no figure. */
function slotsOf(matchers: string): Promise<(number | null)[]> {
  const all = `http_requests_total{job="shop",${matchers.replace(/,?status="500"/, "")}}`;
  return ask(`sum(${increments(`http_requests_total{job="shop",${matchers}}`, all, "5m")})`);
}

async function ask(expr: string): Promise<(number | null)[]> {
  const body = new URLSearchParams({
    query: expr,
    start: String((START_MS + SLOT_MS) / 1000),
    end: String(END_MS / 1000),
    step: "300",
  });
  const response = await fetch(`${prometheus.url}/api/v1/query_range`, { method: "POST", body });
  const answer = (await response.json()) as { data: { result: { values: [number, string][] }[] } };
  const values = new Map(answer.data.result[0]?.values.map(([t, value]) => [t * 1000, Number(value)]));
  return Array.from({ length: SLOTS }, (_, i) => values.get(START_MS + (i + 1) * SLOT_MS) ?? null);
}

const sum = (slots: (number | null)[]) => slots.reduce<number>((total, slot) => total + (slot ?? 0), 0);
/** 2 a second for 5 minutes. */
const WHOLE = 600;

describe("increments", () => {
  it("count every slot exactly, without extrapolation", async () => {
    expect(await slotsOf(`instance="steady",status="200"`)).toEqual(Array(SLOTS).fill(WHOLE));
  });

  it("count a restarted counter up to its restart and from it, but for what no scrape saw", async () => {
    const slots = await slotsOf(`instance="restarted"`);
    expect(slots.filter((slot) => slot !== WHOLE)).toHaveLength(1);
    // The last 15 s before the restart: 30 requests at most.
    expect(slots[4]).toBeGreaterThanOrEqual(WHOLE - 30);
    expect(slots[4]).toBeLessThanOrEqual(WHOLE);
  });

  it("lose nothing to two minutes of failed scrapes, though a slot ends among them", async () => {
    const slots = await slotsOf(`instance="gap"`);
    expect(sum(slots)).toBe(SLOTS * WHOLE);
    expect(slots).not.toContain(null);
  });

  it("count a series from its first error on, the first errors too", async () => {
    const slots = await slotsOf(`instance="steady",status="500"`);
    expect(slots.slice(0, 8)).toEqual(Array(8).fill(null));
    expect(sum(slots)).toBe(FIRST_ERROR(END_MS));
  });

  it("do not take a new target's past for what happened now", async () => {
    const slots = await slotsOf(`instance="late"`);
    expect(slots.slice(0, 7)).toEqual(Array(7).fill(null));
    expect(slots.slice(7)).toEqual(Array(5).fill(WHOLE));
  });

  it("give a sample at the edge of two windows to the one that it ends, as the ledger asks", async () => {
    const of = { metric: "http_requests_total", keys: { instance: ["sparse"] }, rest: [] };
    const side: Side = { role: "total", count: "counter", of, siblings: of };
    const slots = await ask(writeSide(side, [], SLOT_MS / 1000));
    // Slots that end between two scrapes hold nothing, and the next one cannot tell since when.
    expect(slots).toEqual(Array(SLOTS).fill(null));
  });
});
