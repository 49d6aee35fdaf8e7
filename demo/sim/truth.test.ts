import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { inject } from "./fault-requests.ts";
import { createWorld } from "./script.ts";
import { SERVICES } from "./services.ts";
import { simulate, type Simulation } from "./simulation.ts";
import { keptCheckpoints } from "./testing.ts";
import { truth, type Counts } from "./truth.ts";
import { DAY_MS, TICK_MS, tickStart, type World } from "./world.ts";

const BIRTH_MS = Date.UTC(2026, 10, 18, 15, 7, 31);
const world = createWorld({ seed: 7, birthMs: BIRTH_MS, days: 30 });
const simulation = simulate(world, keptCheckpoints());

/** The same world with a history that begins at `startMs`, which is quick to count up. */
const beginningAt = (whole: World, startMs: number): Simulation =>
  simulate({ ...structuredClone(whole), startMs: tickStart(startMs) }, keptCheckpoints());

// The month is counted up once, by the first test that reads it.
vi.setConfig({ testTimeout: 60_000 });

const TARGETS = {
  critical: { badRatio: 0.0005, p99Seconds: "0.1" },
  essential: { badRatio: 0.001, p99Seconds: "0.5" },
  standard: { badRatio: 0.005, p99Seconds: "1" },
};
const steady = SERVICES.flatMap(({ name, tier }) =>
  tier === "best_effort" ? [] : [{ name, ...TARGETS[tier] }],
);

const calmDays = (service: string): number[] =>
  Array.from({ length: 29 }, (_, day) => (Math.ceil(world.startMs / DAY_MS) + day) * DAY_MS).filter(
    (fromMs) =>
      !world.faults.some(
        (fault) =>
          fault.target === service && fault.fromMs < fromMs + DAY_MS && (fault.toMs ?? Infinity) > fromMs,
      ),
  );

describe("the truth", () => {
  it("is additive over intervals", () => {
    const startMs = BIRTH_MS - DAY_MS / 6;
    const day = beginningAt(world, startMs);
    const time = fc.integer({ min: startMs, max: BIRTH_MS });
    fc.assert(
      fc.property(fc.tuple(time, time, time), fc.constantFrom("checkout", "reporting"), (times, service) => {
        const [a, b, c] = times.sort((x, y) => x - y) as [number, number, number];
        const whole = truth(day, service, a, c);
        const parts = [truth(day, service, a, b), truth(day, service, b, c)] as const;
        const add = (read: (counts: Counts) => number) => read(parts[0]) + read(parts[1]);
        expect(whole.total).toBe(add(({ total }) => total));
        expect(whole.bad).toBe(add(({ bad }) => bad));
        for (const le of Object.keys(whole.slowerThan)) {
          expect(whole.slowerThan[le]).toBe(add(({ slowerThan }) => slowerThan[le]!));
        }
      }),
      { numRuns: 15 },
    );
  });

  it("counts slow requests against the bounds of the histogram, fewer above each", () => {
    const { slowerThan, total, routes } = truth(simulation, "web", BIRTH_MS - DAY_MS, BIRTH_MS);
    expect(Object.keys(slowerThan).sort()).toEqual([
      "0.05",
      "0.1",
      "0.25",
      "0.5",
      "0.8",
      "1",
      "10",
      "2",
      "5",
    ]);
    expect(slowerThan["0.05"]).toBeGreaterThan(slowerThan["0.25"]!);
    expect(slowerThan["0.05"]).toBeLessThan(total);
    expect(routes).toHaveLength(6);
  });

  it("has an outage nine days ago that spent a third of checkout's month", () => {
    const month = truth(simulation, "checkout", world.startMs, BIRTH_MS);
    const from = BIRTH_MS - 9 * DAY_MS - TICK_MS;
    const spent = truth(simulation, "checkout", from, from + 30 * 60_000).bad / (0.0005 * month.total);
    expect(spent).toBeGreaterThan(0.28);
    expect(spent).toBeLessThan(0.38);
  });

  it("has the same outage whenever the demo is born, in a quiet night as at noon", () => {
    const births = fc.date({ min: new Date("2026-01-01"), max: new Date("2029-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(births, fc.integer({ min: 1, max: 9 }), (birth, seed) => {
        const other = createWorld({ seed, birthMs: birth.getTime(), days: 30 });
        const from = tickStart(birth.getTime() - 9 * DAY_MS - TICK_MS);
        const { bad } = truth(beginningAt(other, from), "checkout", from, from + 30 * 60_000);
        // 42 requests a second for 30 days at 99.95 % allow 54,432 failures.
        expect(bad / 54_432).toBeGreaterThan(0.32);
        expect(bad / 54_432).toBeLessThan(0.35);
      }),
      { numRuns: 25 },
    );
  });

  it.each(steady)("keeps $name inside its tier on every day without a scripted event", (service) => {
    const days = calmDays(service.name);
    expect(days.length).toBeGreaterThanOrEqual(26);
    for (const fromMs of days) {
      const { total, bad, slowerThan } = truth(simulation, service.name, fromMs, fromMs + DAY_MS);
      expect(total).toBeGreaterThan(0);
      // A single failure of the quiet service is more than its ratio allows in a day.
      expect(bad).toBeLessThanOrEqual(Math.max(1, service.badRatio * total));
      expect(slowerThan[service.p99Seconds]! / total).toBeLessThan(0.01);
    }
  });

  it.each([
    ["search", "latency", 16.3],
    ["web", "errors", 4.6],
  ] as const)("shows %s's bad deploy", (service, scenario, daysAgo) => {
    const from = Math.floor((BIRTH_MS - daysAgo * DAY_MS) / TICK_MS) * TICK_MS;
    const { total, bad, slowerThan } = truth(simulation, service, from, from + 30 * 60_000);
    if (scenario === "errors") expect(bad / total).toBeGreaterThan(0.05);
    else expect(slowerThan["0.5"]! / total).toBeGreaterThan(0.05);
  });

  it("follows an injected fault at once", () => {
    const nowMs = BIRTH_MS - 7_000;
    const struck = beginningAt(world, nowMs);
    inject(struck.world, { scenario: "errors", target: "auth" }, nowMs);
    const { total, bad } = truth(struck, "auth", nowMs, nowMs + 5_000);
    expect(bad / total).toBeGreaterThan(0.1);
  });
});
