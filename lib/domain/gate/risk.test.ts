import { describe, expect, it } from "vitest";
import { DEFAULT_GATE_POLICY } from "./policy.ts";
import { type Risk, type RiskInputs, riskOfScore, scoreRisk } from "./risk.ts";

const { risk: POLICY } = DEFAULT_GATE_POLICY;
const NOTHING: RiskInputs = {
  linesChanged: null,
  migration: null,
  rollbackReady: null,
  dependents: null,
  tier: null,
  releases: null,
  localTime: { weekday: 3, hour: 12 },
};
const score = (more: Partial<RiskInputs>, declared: Risk | null = null) =>
  scoreRisk({ ...NOTHING, ...more }, declared, POLICY);
const at = (weekday: number, hour: number) => ({ localTime: { weekday, hour } });

describe("the score", () => {
  // Inputs, the sum by hand, its risk.
  it.each<[string, Partial<RiskInputs>, number, Risk]>([
    ["nothing stated", {}, 0, "low"],
    ["99 lines", { linesChanged: 99 }, 0, "low"],
    ["100 lines", { linesChanged: 100 }, 6, "low"],
    ["499 lines", { linesChanged: 499 }, 6, "low"],
    ["500 lines", { linesChanged: 500 }, 12, "low"],
    ["1,000 lines", { linesChanged: 1_000 }, 18, "low"],
    ["5,000 lines", { linesChanged: 5_000 }, 30, "medium"],
    ["a migration", { migration: true }, 20, "low"],
    ["no way back", { rollbackReady: false }, 15, "low"],
    ["a way back alone, held at 0", { rollbackReady: true }, 0, "low"],
    ["a migration with a way back", { migration: true, rollbackReady: true }, 14, "low"],
    ["5 dependents", { dependents: 5 }, 10, "low"],
    ["6 dependents", { dependents: 6 }, 12, "low"],
    ["600 dependents", { dependents: 600 }, 12, "low"],
    ["critical", { tier: "critical" }, 10, "low"],
    ["essential", { tier: "essential" }, 6, "low"],
    ["a tier without points", { tier: "experimental" }, 0, "low"],
    ["a tier named like a method", { tier: "toString" }, 0, "low"],
    ["no release in 30 days", { releases: { failed: 0, total: 0 } }, 0, "low"],
    ["1 of 3 failed: 16.67", { releases: { failed: 1, total: 3 } }, 17, "low"],
    ["all failed", { releases: { failed: 2, total: 2 } }, 50, "medium"],
    ["at night", at(3, 7), 4, "low"],
    ["at 8 h", at(3, 8), 0, "low"],
    ["at 17 h", at(3, 17), 0, "low"],
    ["at 18 h", at(3, 18), 4, "low"],
    ["Friday 14 h", at(5, 14), 0, "low"],
    ["Friday 15 h", at(5, 15), 4, "low"],
    ["Saturday noon", at(6, 12), 4, "low"],
    ["Sunday noon", at(0, 12), 4, "low"],
    ["20 + 12 - 6 + 4", { migration: true, dependents: 9, rollbackReady: true, ...at(6, 3) }, 30, "medium"],
    [
      "18 + 20 + 15 + 6",
      { linesChanged: 1_500, migration: true, rollbackReady: false, tier: "essential" },
      59,
      "medium",
    ],
    ["30 + 20 + 10", { linesChanged: 5_000, migration: true, tier: "critical" }, 60, "high"],
    [
      "137, held at 100",
      {
        linesChanged: 9_999,
        migration: true,
        rollbackReady: false,
        dependents: 6,
        tier: "critical",
        releases: { failed: 1, total: 1 },
      },
      100,
      "high",
    ],
  ])("of %s", (_, inputs, sum, risk) => {
    expect(score(inputs)).toMatchObject({ score: sum, scored: risk, declared: null, effective: risk });
  });

  it("names each part as it was stated", () => {
    const { parts } = score({ linesChanged: 1_240, migration: false, releases: { failed: 1, total: 4 } });
    expect(parts).toEqual([
      { input: "size", stated: "1,240 lines", points: 18 },
      { input: "migration", stated: "no", points: 0 },
      { input: "rollback", stated: "not stated", points: 0 },
      { input: "dependents", stated: "not stated", points: 0 },
      { input: "tier", stated: "not stated", points: 0 },
      { input: "failed releases", stated: "1 of 4 in 30 d", points: 13 },
      { input: "time", stated: "Wed 12 h", points: 0 },
    ]);
  });

  it("may count silence against a change", () => {
    const weights = { ...POLICY.weights, linesUnstated: 9, migrationUnstated: 8, rollbackUnstated: 7 };
    expect(scoreRisk(NOTHING, null, { ...POLICY, weights }).score).toBe(24);
  });
});

it.each<[Risk | null, Partial<RiskInputs>, Risk]>([
  [null, { linesChanged: 5_000 }, "medium"],
  ["low", { linesChanged: 5_000 }, "medium"],
  ["high", {}, "high"],
  ["medium", { linesChanged: 5_000 }, "medium"],
])("declared %s, the higher of the two counts", (declared, inputs, effective) => {
  expect(score(inputs, declared)).toMatchObject({ declared, effective });
});

it.each<[number, Risk]>([
  [0, "low"],
  [29, "low"],
  [30, "medium"],
  [59, "medium"],
  [60, "high"],
  [100, "high"],
])("%i points are a %s risk", (points, risk) => {
  expect(riskOfScore(points, POLICY.cuts)).toBe(risk);
});
