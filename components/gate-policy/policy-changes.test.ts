import { expect, it } from "vitest";
import type { GatePolicyDocument } from "#lib/contracts/gate-policy.ts";
import { DEFAULT_GATE_POLICY } from "#lib/domain/gate/policy.ts";
import { withValue, without } from "./draft.ts";
import { changesOf } from "./policy-changes.ts";

const base = DEFAULT_GATE_POLICY as GatePolicyDocument;
const shape = (is: GatePolicyDocument) =>
  changesOf(base, is).map(({ path, before, after }) => [path, before, after]);

it("a cell is named by its path and in words", () => {
  expect(changesOf(base, withValue(base, ["matrix", "no_data", "low"], "block"))).toEqual([
    { path: "matrix.no_data.low", label: "no data, low risk", before: "review", after: "block" },
  ]);
});

it("steps of the size read as words", () => {
  const lines = [
    { from: 0, points: 0 },
    { from: 200, points: 9 },
  ];
  expect(shape(withValue(base, ["risk", "weights", "lines"], lines))).toEqual([
    [
      "risk.weights.lines",
      "from 0: 0, from 100: 6, from 500: 12, from 1000: 18, from 5000: 30",
      "from 0: 0, from 200: 9",
    ],
  ]);
});

it("a tier that is taken out is not set any more", () => {
  expect(shape(withValue(base, ["tiers"], without(base.tiers, "essential")))).toEqual([
    ["tiers.essential.leaseMinutes", "60", null],
    ["tiers.essential.leastRisk", "low", null],
  ]);
  expect(shape(withValue(base, ["risk", "weights", "tier"], { critical: 10 }))).toEqual([
    ["risk.weights.tier.essential", "6", null],
  ]);
});

it("a figure that was emptied is no number", () => {
  expect(shape(withValue(base, ["deferHours"], Number.NaN))).toEqual([["deferHours", "24", "no number"]]);
});

it("nothing differs from itself", () => expect(changesOf(base, structuredClone(base))).toEqual([]));
