import { expect, it } from "vitest";
import { difference } from "#lib/domain/audit/difference.ts";
import { DEFAULT_GATE_POLICY } from "#lib/domain/gate/policy.ts";
import { labelOf } from "./policy-labels.ts";

it("every field of a policy has a name", () => {
  const paths = difference({}, DEFAULT_GATE_POLICY).changes.map(({ path }) => path);
  expect(paths).toContain("risk.weights.attendedHours.zone");
  expect(paths.filter((path) => path !== "" && labelOf(path) === path)).toEqual([]);
});

it.each([
  ["matrix.no_data.low", "no data, low risk"],
  ["risk.cuts.highFrom", "High from"],
  ["risk.weights.lines.1.from", "Size, step 2, from"],
  ["risk.weights.tier.best_effort", "Tier best effort, points"],
  ["tiers.critical.leaseMinutes", "Tier critical: Minutes that an approval lasts"],
  ["of.another.version", "of.another.version"],
])("%s is %s", (path, label) => expect(labelOf(path)).toBe(label));
