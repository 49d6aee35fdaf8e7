import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { limitUse, windowMs } from "./rate-limit.ts";

const LIMIT = { runs: 3, perMinutes: 60 };
const MINUTE = 60_000;
const NOW = 1_000 * MINUTE;
const ago = (...minutes: number[]) => minutes.map((one) => NOW - one * MINUTE);

describe("limitUse", () => {
  it.each<[string, number[], number, number | null]>([
    ["nothing ran", [], 0, null],
    ["two of three", ago(59, 1), 2, null],
    ["three of three: free when the oldest leaves", ago(50, 20, 1), 3, NOW + 10 * MINUTE],
    ["one left exactly now", ago(60, 20, 1), 2, null],
    ["an older limit allowed five: two must leave", ago(50, 40, 30, 20, 10), 5, NOW + 30 * MINUTE],
    ["in any order", ago(1, 50, 20), 3, NOW + 10 * MINUTE],
  ])("%s", (_, letGo, used, freeAtMs) => {
    expect(limitUse(LIMIT, letGo, NOW)).toEqual({ used, freeAtMs });
  });

  it("never lets more than it may into any window, however people ask", () => {
    const limits = fc.record({
      runs: fc.integer({ min: 1, max: 5 }),
      perMinutes: fc.integer({ min: 1, max: 30 }),
    });
    fc.assert(
      fc.property(limits, fc.array(fc.integer({ min: 0, max: 20 * MINUTE })), (limit, waits) => {
        let now = NOW;
        const letGo: number[] = [];
        for (const wait of waits) {
          now += wait;
          if (limitUse(limit, letGo, now).freeAtMs === null) letGo.push(now);
        }
        for (const start of letGo) {
          const within = letGo.filter((at) => at >= start && at < start + windowMs(limit));
          expect(within.length).toBeLessThanOrEqual(limit.runs);
        }
      }),
    );
  });

  it("names the first instant at which one is free", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 3 }), (minutes) => {
        const letGo = ago(...minutes);
        const { freeAtMs } = limitUse(LIMIT, letGo, NOW);
        if (freeAtMs === null) return;
        expect(limitUse(LIMIT, letGo, freeAtMs).freeAtMs).toBeNull();
        expect(limitUse(LIMIT, letGo, freeAtMs - 1).freeAtMs).toBe(freeAtMs);
      }),
    );
  });
});
