import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Extent } from "./extent.ts";
import type { Grid } from "./grid.ts";
import { extentsBytes, rangeQuestion } from "./range-question.ts";
import { ReadThrough } from "./read-through.ts";
import type { Told } from "./told.ts";
import type { RangeData, RangeSeries } from "./types.ts";

const source = { kind: "prometheus", name: "p", url: "http://p:9090" } as const;
const START = 1_795_000_000;
const LOOKBACK_SECONDS = 300;

interface Sample {
  series: string;
  atSeconds: number;
  /** When the source has it. */
  arrivesSeconds: number;
  value: number;
}

/** What a source that has these samples answers at `nowSeconds`: of each series the newest within five minutes. */
function evaluate(samples: readonly Sample[], grid: Grid, nowSeconds: number): RangeSeries[] {
  const here = samples.filter(({ arrivesSeconds }) => arrivesSeconds <= nowSeconds);
  const names = [...new Set(here.map(({ series }) => series))].sort();
  return names.flatMap((name) => {
    const own = here.filter(({ series }) => series === name).sort((a, b) => a.atSeconds - b.atSeconds);
    const values = Array.from({ length: grid.points }, (_, i) => {
      const at = grid.startSeconds + i * grid.stepSeconds;
      const found = own.findLast(({ atSeconds }) => atSeconds <= at && atSeconds > at - LOOKBACK_SECONDS);
      return found?.value ?? null;
    });
    return values.some((value) => value !== null) ? [{ labels: { name }, values }] : [];
  });
}

/** A cache over such a source, whose clock the test moves. */
function cacheOver(samples: readonly Sample[]) {
  const clock = { nowMs: START * 1000 };
  const asked: Grid[] = [];
  const bytes: number[] = [];
  const reads = new ReadThrough<RangeData, readonly Extent[]>({
    maxBytes: 10_000_000,
    bytesOf: (extents) => {
      bytes.push(extentsBytes(extents));
      return extentsBytes(extents);
    },
    nowMs: () => clock.nowMs,
    guardOf: () => (work, signal) => work(signal),
  });
  const ask = (
    grid: Grid,
    more: { warnings?: string[]; pointsStandAlone?: boolean; freshMs?: number } = {},
  ) => {
    const question = rangeQuestion({
      source,
      family: String(grid.stepSeconds),
      grid,
      freshMs: more.freshMs ?? 0,
      nowMs: () => clock.nowMs,
      pointsStandAlone: more.pointsStandAlone ?? true,
      load: (wanted): Promise<Told<RangeSeries[]>> => {
        asked.push(wanted);
        const data = evaluate(samples, wanted, clock.nowMs / 1000);
        return Promise.resolve({ data, warnings: more.warnings ?? [], partial: false });
      },
    });
    return reads.read(question, new AbortController().signal);
  };
  return { clock, asked, bytes, ask, direct: (grid: Grid) => evaluate(samples, grid, clock.nowMs / 1000) };
}

const sample = fc
  .record({
    series: fc.constantFrom("a", "b", "c", "d"),
    atSeconds: fc.integer({ min: START - 4_000, max: START + 4_000 }),
    lateSeconds: fc.integer({ min: 0, max: 60 }),
    // Small numbers, so that counters fall back as well as rise.
    value: fc.integer({ min: 0, max: 20 }),
  })
  .map(({ lateSeconds, ...rest }) => ({ ...rest, arrivesSeconds: rest.atSeconds + lateSeconds }));

const look = fc.record({
  waitSeconds: fc.integer({ min: 0, max: 200 }),
  stepSeconds: fc.constantFrom(15, 15, 60, 300),
  points: fc.integer({ min: 1, max: 60 }),
  /** How far the window ends before now; sometimes after it. */
  agoSeconds: fc.oneof(fc.integer({ min: -60, max: 90 }), fc.integer({ min: 0, max: 3_000 })),
});

describe("ranges out of the cache", () => {
  test("equal what the source itself answers, whatever was asked before", async () => {
    let saved = 0;
    const run = fc.asyncProperty(
      fc.array(sample, { minLength: 5, maxLength: 120 }),
      fc.array(look, { minLength: 2, maxLength: 25 }),
      async (samples, looks) => {
        const { clock, ask, asked, direct } = cacheOver(samples);
        let points = 0;
        for (const { waitSeconds, stepSeconds, points: wanted, agoSeconds } of looks) {
          clock.nowMs += waitSeconds * 1000;
          const last = Math.floor((clock.nowMs / 1000 - agoSeconds) / stepSeconds) * stepSeconds;
          const grid = { startSeconds: last - (wanted - 1) * stepSeconds, stepSeconds, points: wanted };
          points += wanted;
          expect((await ask(grid)).data.series).toEqual(direct(grid));
        }
        saved += points - asked.reduce((sum, grid) => sum + grid.points, 0);
      },
    );
    await fc.assert(run, { numRuns: 300 });
    // A cache that never helped would pass the property too.
    expect(saved).toBeGreaterThan(0);
  });

  const steady = Array.from({ length: 800 }, (_, i): Sample => {
    const atSeconds = START - 4_000 + i * 10;
    return { series: "a", atSeconds, arrivesSeconds: atSeconds, value: i };
  });
  /** The last hour before the clock, at 15 s. */
  const hour = (nowMs: number): Grid => {
    const last = Math.floor(nowMs / 15_000) * 15;
    return { startSeconds: last - 239 * 15, stepSeconds: 15, points: 240 };
  };

  test("a window that moves on asks for its newest minute alone", async () => {
    const { clock, ask, asked } = cacheOver(steady);
    await ask(hour(clock.nowMs));
    clock.nowMs += 15_000;
    const { data } = await ask(hour(clock.nowMs));
    expect(asked.map(({ points }) => points)).toEqual([240, 5]);
    expect(data.series[0]?.values).toHaveLength(240);
  });
  test("a longer window asks for what lies before", async () => {
    const { clock, ask, asked } = cacheOver(steady);
    clock.nowMs += 600_000;
    const past = { startSeconds: START - 600, stepSeconds: 15, points: 41 };
    await ask(past);
    await ask({ ...past, startSeconds: START - 1_200, points: 81 });
    await ask({ ...past, startSeconds: START - 900, points: 30 });
    expect(asked.map(({ startSeconds, points }) => [startSeconds, points])).toEqual([
      [START - 600, 41],
      [START - 1_200, 40],
    ]);
  });
  test("half an hour later all of it is asked for again, in case the past was written to", async () => {
    const { clock, ask, asked } = cacheOver(steady);
    const past = { startSeconds: START - 900, stepSeconds: 15, points: 30 };
    await ask(past);
    clock.nowMs += 29 * 60_000;
    await ask(past);
    expect(asked).toHaveLength(1);
    clock.nowMs += 60_000;
    await ask(past);
    expect(asked).toHaveLength(2);
  });
  test("what came with warnings is not kept", async () => {
    const { clock, ask, asked } = cacheOver(steady);
    const grid = hour(clock.nowMs);
    expect((await ask(grid, { warnings: ["results truncated"] })).warnings).toEqual(["results truncated"]);
    expect((await ask(grid)).warnings).toEqual([]);
    expect(asked.map(({ points }) => points)).toEqual([240, 240]);
  });
  test("points that depend on the whole range are never joined", async () => {
    const { clock, ask, asked } = cacheOver(steady);
    await ask(hour(clock.nowMs), { pointsStandAlone: false, freshMs: 10_000 });
    await ask(hour(clock.nowMs), { pointsStandAlone: false, freshMs: 10_000 });
    clock.nowMs += 15_000;
    await ask(hour(clock.nowMs), { pointsStandAlone: false, freshMs: 10_000 });
    expect(asked.map(({ points }) => points)).toEqual([240, 240]);
  });
  test("what is kept does not grow with time", async () => {
    const { clock, ask, bytes } = cacheOver(steady);
    for (let i = 0; i < 250; i += 1) {
      clock.nowMs += 15_000;
      await ask(hour(clock.nowMs));
    }
    // An hour is 240 points of 8 bytes and some names; a quarter more of it is kept at most.
    expect(Math.max(...bytes)).toBeLessThan(240 * 8 * 1.25 + 1_000);
  });
});
