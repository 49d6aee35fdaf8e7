/** What the gate can say, strictest first (DOMAIN 5). */
export const DECISIONS = ["block", "defer", "review", "approve"] as const;
export type Decision = (typeof DECISIONS)[number];

/** Negative when `a` is stricter than `b`; a comparator for "strictest first". */
export function compareDecisions(a: Decision, b: Decision): number {
  return DECISIONS.indexOf(a) - DECISIONS.indexOf(b);
}

/** The strictest of some decisions; nothing to go by is a review, never an approval. */
export function strictest(decisions: readonly Decision[]): Decision {
  return [...decisions].sort(compareDecisions)[0] ?? "review";
}

/** The stricter of two decisions. */
export function atLeast(decision: Decision, floor: Decision): Decision {
  return compareDecisions(decision, floor) <= 0 ? decision : floor;
}
