import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UNITS } from "#lib/domain/series/units.ts";
import { timeTicks, valueTicks } from "./ticks.ts";

describe("valueTicks", () => {
  test.each([
    ["from 0 in round steps", 0.2, 0.95, "ratio", [0, 0.25, 0.5, 0.75, 1]],
    ["small figures stay exact", 0, 0.0028, "ratio", [0, 0.001, 0.002, 0.003]],
    ["temperatures begin near the data", 41, 79, "celsius", [40, 50, 60, 70, 80]],
    ["hours on the clock", 0, 80_000, "seconds", [0, 21_600, 43_200, 64_800, 86_400]],
    ["milliseconds in tens", 0, 0.38, "seconds", [0, 0.1, 0.2, 0.3, 0.4]],
    ["things are counted whole", 0, 2, "count", [0, 1, 2]],
    ["all zero still has a height", 0, 0, "perSecond", [0, 0.25, 0.5, 0.75, 1]],
    ["a steady temperature keeps room above it", 45, 45, "celsius", [44, 46, 48, 50]],
    ["below zero too", -3, 3, "count", [-4, -2, 0, 2, 4]],
  ] as const)("%s", (_, min, max, unit, ticks) => expect(valueTicks(min, max, unit)).toEqual(ticks));

  test("always cover the data, rising, in a readable number", () => {
    const value = fc.integer({ min: -1e12, max: 1e12 }).map((n) => n / 1e6);
    fc.assert(
      fc.property(value, value, fc.constantFrom(...UNITS), (a, b, unit) => {
        const [min, max] = [Math.min(a, b), Math.max(a, b)];
        const ticks = valueTicks(min, max, unit);
        const slack = Math.max(Math.abs(min), Math.abs(max)) * 1e-6;
        expect(ticks[0]).toBeLessThanOrEqual(min + slack);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(max - slack);
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.length).toBeLessThan(8);
        expect(ticks.every((tick, i) => i === 0 || tick > (ticks[i - 1] ?? 0))).toBe(true);
      }),
    );
  });
});

describe("timeTicks", () => {
  const iso = (ticks: number[]) => ticks.map((at) => new Date(at).toISOString());

  test("six-hour steps follow the zone's clock, not UTC", () => {
    const [from, to] = [Date.parse("2026-11-20T00:10:00Z"), Date.parse("2026-11-21T00:10:00Z")];
    expect(iso(timeTicks(from, to, "Europe/Vienna", 4))).toEqual([
      "2026-11-20T05:00:00.000Z",
      "2026-11-20T11:00:00.000Z",
      "2026-11-20T17:00:00.000Z",
      "2026-11-20T23:00:00.000Z",
    ]);
  });

  test("zones off by half an hour", () => {
    const from = Date.parse("2026-11-20T00:00:00Z");
    expect(iso(timeTicks(from, from + 7_200_000, "Asia/Kolkata", 2))).toEqual([
      "2026-11-20T00:30:00.000Z",
      "2026-11-20T01:30:00.000Z",
    ]);
  });

  test("days begin at midnight on either side of the change from summer time (25 October 2026)", () => {
    const [from, to] = [Date.parse("2026-10-23T12:00:00Z"), Date.parse("2026-10-27T12:00:00Z")];
    expect(iso(timeTicks(from, to, "Europe/Vienna", 4))).toEqual([
      "2026-10-23T22:00:00.000Z",
      "2026-10-24T22:00:00.000Z",
      "2026-10-25T23:00:00.000Z",
      "2026-10-26T23:00:00.000Z",
    ]);
  });
});
