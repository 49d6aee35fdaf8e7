import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Comparison, type ConditionAnswer, fillQuery, holds } from "./condition.ts";

const fresh = (...values: (number | null)[]): ConditionAnswer => ({ values, stale: false, partial: false });

describe("holds", () => {
  it.each<[Comparison, number, number, boolean]>([
    [">=", 1, 1, true],
    [">=", 1, 0.5, false],
    [">", 1, 1, false],
    ["<", 1, 0, true],
    ["<=", 1, 1, true],
    ["==", 0, -0, true],
    ["!=", 0, 0, false],
    ["!=", 0, 2, true],
  ])("%s %d with %d: %s", (op, wanted, value, expected) => {
    expect(holds(op, wanted, fresh(value)).state).toBe(expected ? "holds" : "fails");
  });

  it.each<[string, ConditionAnswer, string]>([
    ["nothing", fresh(), "no series matches"],
    ["a gap", fresh(null), "the value is not a number"],
    ["NaN", fresh(Number.NaN), "the value is not a number"],
    ["an infinity", fresh(Infinity), "the value is not a number"],
    ["a gap among numbers", fresh(2, null, 3), "1 of 3 series have no number"],
    [
      "old data",
      { values: [2], stale: true, partial: false },
      "the source does not answer; what it said before does not count",
    ],
    ["a part", { values: [2], stale: false, partial: true }, "part of the answer is missing"],
    ["a refusal", { problem: "connection refused" }, "connection refused"],
  ])("of %s holds nothing, and says why", (_, answer, why) => {
    for (const op of ["<", "<=", "==", "!=", ">=", ">"] as const)
      expect(holds(op, 1, answer)).toEqual({ state: "no_data", why });
  });

  it("asks it of every series, and names the first that is otherwise", () => {
    expect(holds(">=", 1, fresh(1, 2, 3))).toEqual({ state: "holds", why: null });
    expect(holds(">=", 1, fresh(0))).toEqual({ state: "fails", why: "0 is not >= 1" });
    expect(holds(">=", 1, fresh(3, 0.25, 0))).toEqual({
      state: "fails",
      why: "0.25 is not >= 1 (2 of 3 series)",
    });
  });

  it("holds exactly where every number compares so", () => {
    const number = fc.double({ noNaN: true, min: -1e6, max: 1e6 });
    fc.assert(
      fc.property(fc.array(number, { minLength: 1 }), number, (values, wanted) => {
        expect(holds(">", wanted, fresh(...values)).state === "holds").toBe(Math.min(...values) > wanted);
        const opposite = holds("<=", wanted, fresh(...values)).state;
        if (holds(">", wanted, fresh(...values)).state === "holds") expect(opposite).toBe("fails");
      }),
    );
  });
});

describe("fillQuery", () => {
  const target = { service: "checkout", node: null };

  it("puts the names in wherever they are named, and touches nothing else", () => {
    const query = 'up{service="$service"} / on () $services + "$service"';
    expect(fillQuery(query, target)).toEqual({
      query: 'up{service="checkout"} / on () $services + "checkout"',
    });
    expect(fillQuery("vector(1)", { service: null, node: null })).toEqual({ query: "vector(1)" });
    expect(fillQuery('up{service="$service"}', { service: "$&$node", node: null })).toEqual({
      query: 'up{service="$&$node"}',
    });
  });

  it("says what is missing", () => {
    expect(fillQuery('up{node="$node"}', target)).toEqual({ problem: "it needs a node" });
  });

  it.each(['a"}or vector(1)#', "a'b", "a`b", "a\\", "a\nb"])(
    "takes no name that could leave its quotes: %j",
    (service) => {
      expect(fillQuery('up{service="$service"}', { service, node: null })).toEqual({
        problem: "the name of the service cannot stand in a query",
      });
    },
  );
});
