import { readWindow } from "#lib/domain/slo/definition/windows.ts";
import { windowNow } from "#lib/domain/slo/time/periods.ts";
import { SLOTS_PER_DAY } from "#lib/domain/slo/slots/slot.ts";

/** What a burn bar shows, each from 0 (nothing spent) to 1 (all of it). */
export interface BurnBarShares {
  /** What is spent; null without data. */
  consumedRatio: number | null;
  /** Where the spending should be by now; null where there is no such thing. */
  paceRatio: number | null;
  /** Where it will be if the burn goes on; null where that is unknown. */
  projectedRatio: number | null;
}

/** Widths and places along a bar, in percent of its length. */
export interface BurnBarGeometry {
  spent: number;
  /** Begins where `spent` ends. */
  ghost: number;
  tick: number | null;
  /** What is spent beyond all of it, drawn past the left edge; at most a bar's whole length. */
  overdraft: number;
}

const clamp = (ratio: number) => Math.min(1, Math.max(0, ratio));

/** Where the parts of a burn bar lie. */
export function burnBarGeometry(shares: BurnBarShares): BurnBarGeometry | null {
  const { consumedRatio, paceRatio, projectedRatio } = shares;
  if (consumedRatio === null) return null;
  const spent = clamp(consumedRatio);
  return {
    spent: spent * 100,
    ghost: projectedRatio === null ? 0 : Math.max(0, clamp(projectedRatio) - spent) * 100,
    tick: paceRatio === null ? null : clamp(paceRatio) * 100,
    overdraft: clamp(consumedRatio - 1) * 100,
  };
}

interface Spending {
  window: string;
  budgetConsumedRatio: number | null;
  sustainedBurnRate: number | null;
}

/**
 * What the bar of a budget shows at an instant. A calendar period has a pace, and the burn leads to its end; a rolling
 * window has neither pace nor end, so the ghost shows the day ahead.
 */
export function sharesOf(budget: Spending, atMs: number): BurnBarShares {
  const { budgetConsumedRatio: consumedRatio, sustainedBurnRate: burn } = budget;
  const window = readWindow(budget.window);
  if (!window) return { consumedRatio, paceRatio: null, projectedRatio: null };
  const { elapsedRatio, slots } = windowNow(window, atMs);
  const ahead = elapsedRatio === null ? SLOTS_PER_DAY / slots : 1 - elapsedRatio;
  const projectedRatio = consumedRatio === null || burn === null ? null : consumedRatio + burn * ahead;
  return { consumedRatio, paceRatio: elapsedRatio, projectedRatio };
}
