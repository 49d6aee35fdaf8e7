import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prefixOf } from "../slots/prefix.ts";
import { withExclusions } from "../slots/series.ts";
import { sumSlots } from "../slots/sums.ts";
import { seriesFrom } from "../testing.ts";
import { budgetFigures } from "./budget.ts";
import { burnDown, type GraphObjective, trailingBudget } from "./graphs.ts";
import { readingOf } from "./reading.ts";

/** Ten slots are the window; 90 %, so of 100 requests a slot 100 may fail in all. */
const objective: GraphObjective = { target: 0.9, windowSlots: 10, onMissing: "gap" };
const good = [0, 100] as const;
const worse = [50, 100] as const;

describe("trailingBudget", () => {
  it("is what was left at each moment, and recovers as the outage leaves the window", () => {
    const series = seriesFrom([...Array(10).fill(good), worse, worse, ...Array(10).fill(good)]);
    const line = trailingBudget(prefixOf(series), { from: 10, to: 22 }, 2, objective);
    expect(line).toEqual({
      slots: [10, 12, 14, 16, 18, 20, 22],
      budgetRemainingRatio: [1, 0, 0, 0, 0, 0, 1],
    });
  });

  it("is unknown where nothing was measured", () => {
    const line = trailingBudget(prefixOf(seriesFrom(Array(4).fill(null))), { from: 0, to: 4 }, 3, objective);
    expect(line).toEqual({ slots: [0, 3, 4], budgetRemainingRatio: [null, null, null] });
  });

  it("ends at the figure of the budget itself", () => {
    const slot = fc.option(
      fc.nat(100).map((bad) => [bad, 100] as const),
      { nil: null },
    );
    fc.assert(
      fc.property(fc.array(slot, { minLength: 10, maxLength: 60 }), (slots) => {
        const series = seriesFrom(slots);
        const to = slots.length;
        const line = trailingBudget(prefixOf(series), { from: 0, to }, 7, objective);
        const figure = budgetFigures(readingOf(sumSlots(series, { from: to - 10, to })), 0.9, 10);
        expect(line.budgetRemainingRatio.at(-1)).toEqual(figure.budgetRemainingRatio);
      }),
    );
  });
});

describe("burnDown", () => {
  it("falls with what was spent, beside the ideal line, and goes on as it burns", () => {
    // 5 of 10 slots are past, 50 of the 100 that may fail in the period did.
    const series = seriesFrom([good, worse, good, good, good]);
    const graph = burnDown(prefixOf(series), { from: 0, to: 10 }, 5, 1, objective, 2);
    expect(graph).toEqual({
      slots: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      budgetRemainingRatio: [1, 1, 0.5, 0.5, 0.5, 0.5, null, null, null, null, null],
      idealRemainingRatio: [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0],
      projectedRemainingRatio: [null, null, null, null, null, 0.5, 0.3, 0.1, -0.1, -0.3, -0.5],
    });
  });

  it("of a rolling window has no future", () => {
    const series = seriesFrom([...Array(9).fill(good), worse]);
    const graph = burnDown(prefixOf(series), { from: 0, to: 10 }, 10, 5, objective, 1);
    expect(graph.slots).toEqual([0, 5, 10]);
    expect(graph.budgetRemainingRatio).toEqual([1, 1, 0.5]);
    expect(graph.projectedRemainingRatio).toEqual([null, null, 0.5]);
  });

  it("counts missing slots as wholly bad where the SLO says so", () => {
    const series = seriesFrom([...Array(9).fill(good), null]);
    const bad = burnDown(
      prefixOf(series),
      { from: 0, to: 10 },
      10,
      9,
      { ...objective, onMissing: "bad" },
      null,
    );
    expect(bad.budgetRemainingRatio).toEqual([1, 1, 0]);
    expect(bad.projectedRemainingRatio).toEqual([null, null, null]);
    const gap = burnDown(prefixOf(series), { from: 0, to: 10 }, 10, 9, objective, null);
    expect(gap.budgetRemainingRatio).toEqual([1, 1, 1]);
  });

  it("shows nothing of a period that is wholly excluded", () => {
    const series = withExclusions(seriesFrom([null, null]), [{ from: 0, to: 2 }]);
    const graph = burnDown(prefixOf(series), { from: 0, to: 4 }, 2, 2, { ...objective, onMissing: "bad" }, 1);
    expect(graph.budgetRemainingRatio).toEqual([null, null, null]);
  });

  it("shows nothing without data, and no projection without a burn rate", () => {
    const graph = burnDown(prefixOf(seriesFrom([null, null])), { from: 0, to: 4 }, 2, 2, objective, null);
    expect(graph.slots).toEqual([0, 2, 4]);
    expect(graph.budgetRemainingRatio).toEqual([null, null, null]);
    expect(graph.projectedRemainingRatio).toEqual([null, null, null]);
  });

  it("only falls, and meets the budget's figure now", () => {
    const slot = fc.option(
      fc.nat(100).map((bad) => [bad, 100] as const),
      { nil: null },
    );
    const onMissing = fc.constantFrom<"gap" | "bad">("gap", "bad");
    fc.assert(
      fc.property(fc.array(slot, { minLength: 1, maxLength: 10 }), onMissing, (slots, rule) => {
        const series = seriesFrom(slots);
        const now = slots.length;
        const graph = burnDown(
          prefixOf(series),
          { from: 0, to: 10 },
          now,
          1,
          { ...objective, onMissing: rule },
          1,
        );
        const past = graph.budgetRemainingRatio.slice(0, now + 1).map((value) => value ?? 1);
        for (let at = 1; at < past.length; at++) expect(past[at]).toBeLessThanOrEqual(past[at - 1]! + 1e-12);
        if (rule === "bad") return;
        const figure = budgetFigures(readingOf(sumSlots(series)), 0.9, 10).budgetRemainingRatio;
        if (figure !== null) expect(past.at(-1)).toBeCloseTo(figure, 10);
      }),
    );
  });
});
