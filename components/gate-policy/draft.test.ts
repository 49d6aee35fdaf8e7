import { describe, expect, it } from "vitest";
import { GatePolicyDocument } from "#lib/contracts/gate-policy.ts";
import { DEFAULT_GATE_POLICY } from "#lib/domain/gate/policy.ts";
import { problemsOf, without, withValue } from "./draft.ts";

const base = DEFAULT_GATE_POLICY as GatePolicyDocument;

describe("a draft of a policy", () => {
  it("has one value replaced, also within a list, and leaves the old one alone", () => {
    const next = withValue(base, ["risk", "weights", "lines", 1, "points"], 9);
    expect(next.risk.weights.lines[1]).toEqual({ from: 100, points: 9 });
    expect(next.risk.weights.lines[2]).toBe(base.risk.weights.lines[2]);
    expect(base.risk.weights.lines[1]?.points).toBe(6);
  });

  it.each([
    [["matrix", "no_data", "low"], "approve", "matrix.no_data.low"],
    [["matrix", "healthy", "high"], "approve", null],
    [["matrix", "healthy", "low"], "block", "matrix.healthy.medium"],
    [["risk", "cuts", "mediumFrom"], 60, "risk.cuts.highFrom"],
    [["deferHours"], Number.NaN, "deferHours"],
    [["floors", "firingPage"], "approve", "floors.firingPage"],
  ] as const)("with %j as %s is wrong at %s", (path, value, at) => {
    expect([...problemsOf(withValue(base, path, value), GatePolicyDocument).keys()][0] ?? null).toBe(at);
  });

  it.each([
    [["risk", "weights", "migration"], Number.NaN, "must be a number"],
    [["risk", "weights", "migration"], 1.5, "must be a whole number"],
    [["risk", "weights", "migration"], 101, "must be at most 100"],
    [["canaryCostRatio"], 0, "must be more than 0"],
    [["deferHours"], 0, "must be at least 1"],
    [["risk", "weights", "attendedHours", "zone"], "Mars", "is no time zone, such as Europe/Berlin"],
  ] as const)("with %j as %s says %s", (path, value, words) => {
    expect(problemsOf(withValue(base, path, value), GatePolicyDocument).get(path.join("."))).toBe(words);
  });

  it("names what a policy may not say also while a figure is missing", () => {
    const mild = withValue(base, ["matrix", "no_data", "low"], "approve");
    const found = problemsOf(withValue(mild, ["deferHours"], Number.NaN), GatePolicyDocument);
    expect(found.get("deferHours")).toBe("must be a number");
    expect(found.get("matrix.no_data.low")).toBe("nothing measured never approves");
  });

  it("keeps the other members when one is taken out", () => {
    expect(without({ a: 1, b: 2 }, "a")).toEqual({ b: 2 });
    expect(
      problemsOf(withValue(base, ["tiers"], without(base.tiers, "critical")), GatePolicyDocument).size,
    ).toBe(0);
  });

  it("as it comes has no problem", () => {
    expect(problemsOf(base, GatePolicyDocument).size).toBe(0);
  });
});
