import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createWorld } from "./script.ts";
import { simulate, type Simulation } from "./simulation.ts";
import { keptCheckpoints, noCheckpoints } from "./testing.ts";
import { inject, heal } from "./fault-requests.ts";
import { TICK_MS, type World } from "./world.ts";

const BIRTH_MS = Date.UTC(2026, 10, 18, 15, 7, 31);
const DAYS = 0.25;
const LATE_MS = BIRTH_MS - 40 * 60_000;

const newWorld = (seed = 7): World => createWorld({ seed, birthMs: BIRTH_MS, days: DAYS });
const simulation = (world: World): Simulation => simulate(world, noCheckpoints);
const counters = ({ targets }: Simulation): number[] =>
  targets.flatMap(({ families, first }) => {
    let index = first;
    return families.flatMap(({ type, series }) =>
      series
        .map(() => ({ type, index: index++ }))
        .flatMap((one) => (one.type === "gauge" ? [] : [one.index])),
    );
  });
const within = fc.integer({ min: BIRTH_MS - DAYS * 86_400_000, max: BIRTH_MS });
// Many processes each count up from the beginning: let that be near.
const lateWorld = (): World => ({ ...newWorld(), startMs: Math.floor(LATE_MS / TICK_MS) * TICK_MS });
const late = fc.integer({ min: LATE_MS, max: BIRTH_MS });

describe("the timeline", () => {
  it("gives the same values for the same world, in whatever order it is asked", () => {
    const reference = simulation(newWorld());
    fc.assert(
      fc.property(fc.array(within, { minLength: 1, maxLength: 4 }), (times) => {
        const other = simulation(newWorld());
        for (const tMs of times)
          expect(other.timeline.valuesAt(tMs)).toEqual(reference.timeline.valuesAt(tMs));
      }),
      { numRuns: 4 },
    );
  });

  it("gives other values for another seed", () => {
    expect(simulation(newWorld(8)).timeline.valuesAt(BIRTH_MS)).not.toEqual(
      simulation(newWorld(7)).timeline.valuesAt(BIRTH_MS),
    );
  });

  it("never lets a counter fall, across faults and restarts", () => {
    fc.assert(
      fc.property(fc.array(late, { minLength: 3, maxLength: 6 }), (times) => {
        const world = lateWorld();
        let before: Float64Array | null = null;
        times
          .sort((a, b) => a - b)
          .forEach((tMs, step) => {
            // Each step is a process of its own that finds the world as the last one left it.
            const now = simulation(structuredClone(world));
            const values = now.timeline.valuesAt(tMs);
            for (const index of counters(now)) {
              expect(values[index], now.series[index]!.name).toBeGreaterThanOrEqual(before?.[index] ?? 0);
            }
            before = values;
            if (step % 2 === 0) inject(world, { scenario: "errors" }, tMs);
            else heal(world, tMs);
          });
      }),
      { numRuns: 12 },
    );
  });

  it("lets a fault act at once, and changes nothing of what was before it", () => {
    const calm = simulation(newWorld());
    const world = newWorld();
    const struck = simulation(world);
    const tick = Math.floor((BIRTH_MS - 3_600_000) / TICK_MS) * TICK_MS;
    const beginMs = tick + 31_000;
    struck.timeline.valuesAt(beginMs);
    inject(world, { scenario: "errors", target: "checkout" }, beginMs);
    const bad = (simulated: Simulation, tMs: number): number => {
      const values = simulated.timeline.valuesAt(tMs);
      return simulated.targets
        .filter(({ target }) => target.labels.service === "checkout")
        .flatMap(({ series, first }) =>
          series.map(({ labels }, offset) => (labels.status?.startsWith("5") ? values[first + offset]! : 0)),
        )
        .reduce((sum, count) => sum + count, 0);
    };
    expect(bad(struck, beginMs)).toBe(bad(calm, beginMs));
    expect(bad(struck, beginMs + 15_000) - bad(calm, beginMs + 15_000)).toBeGreaterThan(20);
  });

  it("reads ticks exactly as single moments", () => {
    const { timeline } = simulation(newWorld());
    const seen: [number, Float64Array][] = [];
    timeline.eachTick(BIRTH_MS - 20 * TICK_MS, BIRTH_MS, (tMs, values) => seen.push([tMs, values.slice()]));
    expect(seen).toHaveLength(20);
    const again = simulation(newWorld());
    for (const [tMs, values] of seen.reverse()) expect(again.timeline.valuesAt(tMs)).toEqual(values);
  });

  it("continues from checkpoints as if counted from the beginning", () => {
    const checkpoints = keptCheckpoints();
    const first = simulate(newWorld(), checkpoints).timeline.valuesAt(BIRTH_MS);
    expect(checkpoints().before(BIRTH_MS)).not.toBeNull();
    const again = simulate(newWorld(), checkpoints).timeline.valuesAt(BIRTH_MS);
    expect(again).toEqual(first);
  });
});
