import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alignGrid, chooseStep, endOf } from "./grid.ts";

const DAY = 86_400;
const limits = { maxPoints: 11_000, maxRangeSeconds: 92 * DAY };

describe("chooseStep", () => {
  test.each([
    // range, width, scrape interval → step: points = range / step ≤ width / 2
    [3_600, 600, 15, 15], // 240 ≤ 300
    [6 * 3_600, 600, 15, 120], // 360 at 1 m, 180 at 2 m
    [DAY, 600, 15, 300], // 288
    [DAY, 1_200, 15, 300], // 288 ≤ 600; 720 at 2 m
    [30 * DAY, 600, 15, 21_600], // 360 at 2 h, 120 at 6 h
    [92 * DAY, 50, 15, DAY], // nothing on the ladder gives 25 points
    [900, 4_000, 60, 60], // no finer than the scrape interval
  ])("%d s on %d px, scraped every %d s: %d s", (range, width, scrape, step) => {
    expect(chooseStep(range, width, scrape)).toBe(step);
  });

  test("never more points than pixels allow, unless the ladder ends; never past the limit", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 92 * DAY }),
        fc.integer({ min: 50, max: 40_000 }),
        fc.constantFrom(5, 15, 30, 60, 300),
        (range, width, scrape) => {
          const step = chooseStep(range, width, scrape);
          expect(step >= scrape).toBe(true);
          expect(range / step <= width / 2 || step === DAY).toBe(true);
          const fromMs = 1_800_000_000_123;
          const grid = alignGrid({ fromMs, toMs: fromMs + range * 1000, stepSeconds: step }, limits);
          expect(grid.points <= 11_000).toBe(true);
        },
      ),
    );
  });
});

describe("alignGrid", () => {
  test("snaps both ends down to the step", () => {
    const grid = alignGrid({ fromMs: 1_000_007_500, toMs: 1_000_067_499, stepSeconds: 15 }, limits);
    expect(grid).toEqual({ startSeconds: 1_000_005, stepSeconds: 15, points: 5 });
    expect(endOf(grid)).toBe(1_000_065);
  });

  test("covers the range on multiples of the step and stays within the limits", () => {
    const range = fc.record({
      fromMs: fc.integer({ min: 0, max: 2e12 }),
      lengthMs: fc.integer({ min: 0, max: 92 * DAY * 1000 }),
      stepSeconds: fc.integer({ min: 1, max: 2 * DAY }),
    });
    fc.assert(
      fc.property(range, ({ fromMs, lengthMs, stepSeconds }) => {
        const toMs = fromMs + lengthMs;
        const wanted = Math.floor(toMs / 1000 / stepSeconds) - Math.floor(fromMs / 1000 / stepSeconds) + 1;
        if (wanted > limits.maxPoints) {
          expect(() => alignGrid({ fromMs, toMs, stepSeconds }, limits)).toThrow(/larger step/);
          return;
        }
        const grid = alignGrid({ fromMs, toMs, stepSeconds }, limits);
        expect(grid.startSeconds % stepSeconds).toBe(0);
        expect(grid.startSeconds * 1000 <= fromMs).toBe(true);
        expect(grid.startSeconds * 1000 > fromMs - stepSeconds * 1000).toBe(true);
        expect(endOf(grid) * 1000 <= toMs).toBe(true);
        expect(endOf(grid) * 1000 > toMs - stepSeconds * 1000).toBe(true);
        expect(grid.points).toBe(wanted);
      }),
    );
  });

  test("exactly 11,000 points pass, 11,001 do not", () => {
    const to = (points: number) => ({ fromMs: 0, toMs: (points - 1) * 1000, stepSeconds: 1 });
    expect(alignGrid(to(11_000), limits).points).toBe(11_000);
    expect(() => alignGrid(to(11_001), limits)).toThrow("11001 points");
  });

  test.each([
    [{ fromMs: 2_000, toMs: 1_000, stepSeconds: 15 }, "toMs"],
    [{ fromMs: 0, toMs: Number.NaN, stepSeconds: 15 }, "toMs"],
    [{ fromMs: -1, toMs: 1, stepSeconds: 15 }, "fromMs"],
    [{ fromMs: 0, toMs: 1_000, stepSeconds: 0 }, "stepSeconds"],
    [{ fromMs: 0, toMs: 1_000, stepSeconds: -15 }, "stepSeconds"],
    [{ fromMs: 0, toMs: 1_000, stepSeconds: 0.1 }, "stepSeconds"],
    [{ fromMs: 0, toMs: 1_000, stepSeconds: Infinity }, "stepSeconds"],
  ])("%j: invalid, naming %s", (range, path) => {
    expect(() => alignGrid(range, limits)).toThrow(
      expect.objectContaining({ code: "invalid", fields: [expect.objectContaining({ path })] }) as Error,
    );
  });
  test("a range past 92 days is too expensive", () => {
    const range = { fromMs: 0, toMs: 92 * DAY * 1000 + 1, stepSeconds: DAY };
    expect(() => alignGrid(range, limits)).toThrow("92 days");
  });
});
