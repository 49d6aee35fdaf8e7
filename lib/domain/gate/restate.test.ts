import { describe, expect, test } from "vitest";
import { restate } from "./restate.ts";

const said = (more: Partial<Parameters<typeof restate>[1]> = {}) => ({
  change: {},
  declaredRisk: null,
  lane: null,
  ...more,
});

describe("asked for once more", () => {
  test("the first statement is as it was said", () => {
    expect(restate(null, said({ declaredRisk: "low" }))).toEqual(said({ declaredRisk: "low" }));
  });
  test.each([
    [{ linesChanged: 6_000 }, { linesChanged: 10 }, { linesChanged: 6_000 }],
    [{ linesChanged: 10 }, { linesChanged: 6_000 }, { linesChanged: 6_000 }],
    [{ linesChanged: 10 }, {}, { linesChanged: 10 }],
    [{}, { linesChanged: 0 }, { linesChanged: 0 }],
    [{ migration: true }, { migration: false }, { migration: true }],
    [{ migration: false }, { migration: true }, { migration: true }],
    [{ rollbackReady: false }, { rollbackReady: true }, { rollbackReady: false }],
    [{ rollbackReady: true }, { rollbackReady: false }, { rollbackReady: false }],
    [{}, { rollbackReady: true }, { rollbackReady: true }],
    [{ dependents: 3 }, { dependents: 1 }, { dependents: 3 }],
  ])("%j, then %j: %j", (before, now, change) => {
    expect(restate(said({ change: before }), said({ change: now })).change).toEqual(change);
  });
  test.each([
    ["high", "low", "high"],
    ["low", "high", "high"],
    ["high", null, "high"],
    [null, "medium", "medium"],
    [null, null, null],
  ] as const)("declared %s, then %s: %s", (before, now, declaredRisk) => {
    const restated = restate(said({ declaredRisk: before }), said({ declaredRisk: now }));
    expect(restated.declaredRisk).toBe(declaredRisk);
  });
  test("words are the newer ones, a lane stays until another is claimed", () => {
    const before = {
      change: { summary: "a", links: [], migration: true },
      declaredRisk: null,
      lane: "security",
    };
    const now = { change: { summary: "b", migration: true }, declaredRisk: null, lane: null };
    expect(restate(before, now)).toEqual({
      change: { summary: "b", links: [], migration: true },
      declaredRisk: null,
      lane: "security",
    });
  });
});
