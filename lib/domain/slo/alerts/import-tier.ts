import { type AlertTier, spendOfBurn, type TierKey } from "./tiers.ts";

/** A burn-rate alert as other formats write it: two windows, a factor, and how urgent it is. */
export interface ForeignTier {
  /** In either order: some files have them swapped. */
  windowMinutes: readonly [number, number];
  factor: number;
  action: AlertTier["action"];
}

const FAST_WITHIN_MINUTES = { page: 60, ticket: 1440 } as const;

function keyOf(action: AlertTier["action"], longMinutes: number): TierKey {
  const fast = longMinutes <= FAST_WITHIN_MINUTES[action];
  if (action === "page") return fast ? "page_fast" : "page_slow";
  return fast ? "ticket_fast" : "ticket_slow";
}

/**
 * A foreign alert as a tier of ours: the larger window is the long one, and the spend follows from the factor, as
 * spend = factor * long / W. The short window is ours, a twelfth of the long one, whatever the file says.
 */
export function importTier({ windowMinutes, factor, action }: ForeignTier, windowDays: number): AlertTier {
  const longMinutes = Math.max(...windowMinutes);
  const spendRatio = spendOfBurn(factor, longMinutes, windowDays);
  return { key: keyOf(action, longMinutes), action, longMinutes, spendRatio, enabled: true };
}
