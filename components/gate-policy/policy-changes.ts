import type { GatePolicyDocument } from "#lib/contracts/gate-policy.ts";
import { type Change, difference } from "#lib/domain/audit/difference.ts";
import { labelOf } from "./policy-labels.ts";

/** A field in which two policies differ, with what it is called. */
export interface PolicyChange extends Change {
  label: string;
}

/** As `difference` compares it: steps and tiers, which come and go, are words. */
function readable({ risk, tiers, ...rest }: GatePolicyDocument) {
  const { lines, ...weights } = risk.weights;
  const steps = lines.map(({ from, points }) => `from ${from}: ${points}`);
  return {
    ...rest,
    risk: { ...risk, weights: { ...weights, lines: steps.length === 1 ? steps[0] : steps } },
    tiers: Object.keys(tiers).length === 0 ? undefined : tiers,
  };
}

/** What one policy says that another does not, in the order of the editor. */
export function changesOf(was: GatePolicyDocument, is: GatePolicyDocument): PolicyChange[] {
  return difference(readable(was), readable(is)).changes.map((change) => ({
    ...change,
    // A field that was emptied holds NaN, which JSON writes as null.
    after: change.after === "null" ? "no number" : change.after,
    label: labelOf(change.path),
  }));
}
