import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { sumSlots } from "../slots/sums.ts";
import { reading, seriesFrom, SILENCE, sumsOf } from "../testing.ts";
import { lookBacksOf, readLookBacks, slotsOfLookBack, writeLookBack } from "./look-backs.ts";
import { burnRate, readingOf, sustainedBurnRate } from "./reading.ts";

test("an outage under peak traffic counts by its events: 4.76 % of the day, not 0.52 %", () => {
  // 285 slots of 1,000 requests, then 15 minutes of 10,000 a slot, half of them failing.
  const day = reading(3 * 5000, 285 * 1000 + 3 * 10_000, 288);
  expect(day.errorRatio).toBeCloseTo(0.0476, 4);
  expect((3 * 0.5) / 288).toBeCloseTo(0.0052, 4);
});

describe("burnRate", () => {
  it.each([
    [0.999, 1, 1000, 1],
    [0.999, 2, 1000, 2],
    [0.999, 15, 10_000, 1.5],
    [0.95, 72, 100, 14.4],
    [0.9995, 1530, 1_000_000, 3.06],
    [0.999, 0, 1000, 0],
  ])("at a target of %d, %d of %d burn at %dx, to the last bit", (target, bad, total, expected) => {
    expect(burnRate(reading(bad, total, 72), target)).toBe(expected);
  });

  it("is 0, flagged, where nothing happened, and unknown without data", () => {
    const quiet = reading(0, 0, 6);
    expect([burnRate(quiet, 0.999), quiet.noTraffic]).toEqual([0, true]);
    expect([burnRate(SILENCE, 0.999), SILENCE.noTraffic]).toEqual([null, false]);
  });

  it("does not change with the scale, and grows with bad events", () => {
    const counts = fc.record({
      bad: fc.nat(1000),
      good: fc.integer({ min: 1, max: 1e6 }),
      k: fc.integer({ min: 2, max: 99 }),
    });
    fc.assert(
      fc.property(counts, ({ bad, good, k }) => {
        const rate = burnRate(reading(bad, good + bad, 6), 0.999)!;
        expect(burnRate(reading(bad * k, (good + bad) * k, 6), 0.999)).toBeCloseTo(rate, 9);
        expect(burnRate(reading(bad + 1, good + bad, 6), 0.999)).toBeGreaterThan(rate);
      }),
    );
  });
});

describe("sustainedBurnRate", () => {
  const at = (bad: number) => reading(bad, 10_000, 72);
  const excluded = readingOf(sumsOf(0, 0, 6, { coveredSlots: 0, excludedSlots: 6 }));

  it.each([
    ["an old outage alone does not count", at(50), at(5), 0.5],
    ["a blip alone does not count", at(5), at(50), 0.5],
    ["unknown when one look-back is", at(50), SILENCE, null],
    ["a quiet half hour burns nothing", at(50), reading(0, 0, 6), 0],
    ["a half hour of maintenance is passed over", at(50), excluded, 5],
    ["six hours of it leave nothing to say", excluded, excluded, null],
  ])("%s", (_, long, short, expected) => expect(sustainedBurnRate(long, short, 0.999)).toBe(expected));
});

test("look-backs are those shown and those of the tiers, each once", () => {
  expect(
    lookBacksOf([
      { longMinutes: 360, shortMinutes: 30 },
      { longMinutes: 240, shortMinutes: 20 },
    ]),
  ).toEqual([5, 20, 30, 60, 120, 240, 360, 1440, 4320]);
});

test.each([
  [5, "5m"],
  [60, "1h"],
  [90, "90m"],
  [360, "6h"],
  [1440, "1d"],
  [4320, "3d"],
])("%d minutes are written %s", (minutes, text) => expect(writeLookBack(minutes)).toBe(text));

test("a look-back of 6 h is the newest 72 slots", () => {
  expect(slotsOfLookBack(360, 1000)).toEqual({ from: 928, to: 1000 });
});

test("the readings of look-backs end at the same slot and follow the rule for missing slots", () => {
  const series = seriesFrom([...Array(67).fill([0, 100]), [60, 100], null, [0, 100], [0, 100], [0, 100]]);
  const read = (onMissing: "gap" | "bad") =>
    [...readLookBacks((range) => sumSlots(series, range), [5, 30, 360], 72, onMissing)].map(
      ([minutes, { bad, total }]) => [minutes, bad, total],
    );
  expect(read("gap")).toEqual([
    [5, 0, 100],
    [30, 60, 500],
    [360, 60, 7100],
  ]);
  expect(read("bad")).toEqual([
    [5, 0, 100],
    [30, 160, 600],
    [360, 160, 7200],
  ]);
});
