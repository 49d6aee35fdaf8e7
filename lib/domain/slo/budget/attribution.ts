import { decimal } from "../decimal.ts";

/** What a spent budget is put down to. */
export const SPEND_DIMENSIONS = ["route", "status", "instance", "node", "incident"] as const;

/** The bad events and events of one part: a route, a status, an instance, a node, an incident's span. */
export interface SpendPart {
  name: string;
  bad: number;
  total: number;
}

/** Who spent how much of a budget. */
export interface SpendShare {
  /** Null: what none of the parts accounts for. */
  name: string | null;
  bad: number;
  /** Of all bad events. */
  badShare: number;
  /** Within the part; null where it had no events, or they are not known. */
  errorRatio: number | null;
  /** The part of the whole budget it spent; these add up to the budget consumed. */
  budgetConsumedRatio: number | null;
}

/**
 * Splits what was consumed by the bad events of its parts over the same window, the biggest spender first; at
 * most `limit` are named, the rest and what no part accounts for are one row without a name.
 */
export function attributeSpend(
  parts: readonly SpendPart[],
  whole: { bad: number; budgetConsumedRatio: number | null },
  limit: number,
): SpendShare[] {
  if (whole.bad <= 0) return [];
  const share = (name: string | null, bad: number, total: number): SpendShare => ({
    name,
    bad: decimal(bad),
    badShare: decimal(bad / whole.bad),
    errorRatio: total > 0 ? decimal(bad / total) : null,
    budgetConsumedRatio:
      whole.budgetConsumedRatio === null ? null : decimal((whole.budgetConsumedRatio * bad) / whole.bad),
  });
  const named = parts
    .filter(({ bad }) => bad > 0)
    .sort((a, b) => b.bad - a.bad || a.name.localeCompare(b.name))
    .slice(0, limit)
    .map(({ name, bad, total }) => share(name, bad, total));
  const rest = whole.bad - named.reduce((sum, { bad }) => sum + bad, 0);
  // Parts are measured apart from the whole; a rest within their precision is none.
  return rest > whole.bad * 1e-9 ? [...named, share(null, rest, 0)] : named;
}
