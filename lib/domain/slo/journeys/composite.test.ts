import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { budgetFigures } from "../budget/budget.ts";
import { burnRate, readingOf } from "../budget/reading.ts";
import { reading, SILENCE, sumsOf } from "../testing.ts";
import { compositeReading, type StepReading } from "./composite.ts";

const step = (bad: number, total: number, more: Partial<StepReading> = {}): StepReading => ({
  reading: reading(bad, total, 72),
  weight: 1,
  onCriticalPath: true,
  ...more,
});

describe("a serial journey", () => {
  it("fails when any step does: 1 - 0.9 * 0.8 * 1 = 28 %", () => {
    const journey = compositeReading("serial", [step(10, 100), step(2, 10), step(0, 1000)]);
    expect(journey.errorRatio).toBeCloseTo(0.28, 12);
    expect([journey.bad, journey.total]).toEqual([12, null]);
  });

  it("keeps small ratios exact: one in a billion and two in a billion", () => {
    const journey = compositeReading("serial", [step(1, 1e9), step(2, 1e9)]);
    expect(burnRate(journey, 0.999)).toBe(2.999999998e-6);
    // The plain product is off from the ninth digit on.
    expect(1 - (1 - 1e-9) * (1 - 2e-9)).not.toBeCloseTo(2.999999998e-9, 18);
  });

  it("is wholly down with a step that is", () => {
    expect(compositeReading("serial", [step(5, 5), step(0, 100)]).errorRatio).toBe(1);
  });

  it("counts the critical path only", () => {
    const journey = compositeReading("serial", [step(10, 100), step(50, 100, { onCriticalPath: false })]);
    expect(journey.errorRatio).toBeCloseTo(0.1, 12);
  });

  it("lies between its worst step and the sum of all", () => {
    const steps = fc.array(
      fc.integer({ min: 0, max: 1000 }).map((bad) => step(bad, 1000)),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        const ratio = compositeReading("serial", all).errorRatio!;
        const ratios = all.map((one) => one.reading.errorRatio!);
        expect(ratio).toBeGreaterThanOrEqual(Math.max(...ratios) - 1e-12);
        expect(ratio).toBeLessThanOrEqual(
          Math.min(
            1,
            ratios.reduce((a, b) => a + b),
          ) + 1e-12,
        );
      }),
    );
  });
});

describe("a weighted journey", () => {
  it("weighs its steps, all of them: 0.7 * 10 % + 0.3 * 20 % = 13 %", () => {
    const steps = [step(10, 100, { weight: 0.7 }), step(20, 100, { weight: 0.3, onCriticalPath: false })];
    expect(compositeReading("weighted", steps).errorRatio).toBeCloseTo(0.13, 12);
  });
});

describe("missing data", () => {
  it("of a step that counts leaves the journey without data", () => {
    const journey = compositeReading("serial", [step(0, 100), { ...step(0, 0), reading: SILENCE }]);
    expect([journey.errorRatio, journey.noTraffic, burnRate(journey, 0.999)]).toEqual([null, false, null]);
    const aside = { ...step(0, 0), reading: SILENCE, onCriticalPath: false };
    expect(compositeReading("serial", [step(0, 100), aside]).errorRatio).toBe(0);
    expect(compositeReading("weighted", [step(0, 100), aside]).errorRatio).toBeNull();
    expect(compositeReading("serial", [aside]).errorRatio).toBeNull();
  });

  it("is not the same as a step that nobody used", () => {
    expect(compositeReading("serial", [step(10, 100), step(0, 0)]).errorRatio).toBeCloseTo(0.1, 12);
    const unused = compositeReading("serial", [step(0, 0), step(0, 0)]);
    expect([unused.errorRatio, unused.noTraffic, burnRate(unused, 0.999)]).toEqual([null, true, 0]);
  });
});

it("has a budget in minutes, not in events, covered as its least covered step", () => {
  const half = { ...step(0, 1), reading: readingOf(sumsOf(1, 1000, 8640, { coveredSlots: 4320 })) };
  const whole = { ...step(0, 1), reading: readingOf(sumsOf(0, 1000, 8640)) };
  const figures = budgetFigures(compositeReading("serial", [half, whole]), 0.999, 8640);
  expect(figures).toMatchObject({
    budgetConsumedRatio: 0.5,
    budgetRemainingEvents: null,
    budgetRemainingMinutes: 21.6,
  });
});
