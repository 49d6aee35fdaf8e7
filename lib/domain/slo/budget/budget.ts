import { complement, decimal } from "../decimal.ts";
import { SLOT_MINUTES, SLOTS_PER_DAY } from "../slots/slot.ts";
import type { Reading } from "./reading.ts";

/** The flag `at_risk` is set from this remaining share on. */
const AT_RISK_RATIO = 0.2;

/** The budget of one objective; figures that need data are null without it. */
export interface BudgetFigures {
  /** e(W). */
  errorRatio: number | null;
  /** Passes 1 when more than the budget is spent. */
  budgetConsumedRatio: number | null;
  /** 1 - consumed; negative when overspent. */
  budgetRemainingRatio: number | null;
  /** Events (or slices) that may still fail; null for composites. */
  budgetRemainingEvents: number | null;
  /** Minutes of total failure that may still happen. */
  budgetRemainingMinutes: number | null;
  /** The whole budget, in minutes of total failure: W * B. */
  budgetMinutes: number;
  atRisk: boolean;
}

/** W without the slots an exclusion leaves out: a window with a day of maintenance is a day shorter, its budget too. */
export function netWindowSlots(
  windowSlots: number,
  { excludedSlots }: Pick<Reading, "excludedSlots">,
): number {
  return Math.max(0, windowSlots - excludedSlots);
}

/**
 * consumed = bad / (B * total * W / covered) = e(W) * covered / (B * W). What has no data yet is
 * taken to bring as many events per slot as the covered part. `netSlots` is W by {@link netWindowSlots}; null
 * without data, without traffic, and where nothing of W is left.
 */
export function consumedRatio(
  { errorRatio, coveredSlots }: Pick<Reading, "errorRatio" | "coveredSlots">,
  target: number,
  netSlots: number,
): number | null {
  if (errorRatio === null || netSlots <= 0) return null;
  const coveredShare = Math.min(1, coveredSlots / netSlots);
  return decimal((errorRatio * coveredShare) / complement(target));
}

function remainingEvents(
  { bad, total, coveredSlots }: Reading,
  budget: number,
  netSlots: number,
): number | null {
  if (total === null || coveredSlots === 0) return null;
  return decimal(budget * total * Math.max(1, netSlots / coveredSlots) - bad);
}

/** The budget figures of an objective from the reading over its window; `windowSlots` is the length of W. */
export function budgetFigures(reading: Reading, target: number, windowSlots: number): BudgetFigures {
  const netSlots = netWindowSlots(windowSlots, reading);
  const budget = complement(target);
  const budgetMinutes = decimal(netSlots * SLOT_MINUTES * budget);
  const consumed = consumedRatio(reading, target, netSlots);
  const remaining = consumed === null ? null : decimal(1 - consumed);
  return {
    errorRatio: reading.errorRatio === null ? null : decimal(reading.errorRatio),
    budgetConsumedRatio: consumed,
    budgetRemainingRatio: remaining,
    budgetRemainingEvents: remaining === null ? null : remainingEvents(reading, budget, netSlots),
    budgetRemainingMinutes: remaining === null ? null : decimal(remaining * budgetMinutes),
    budgetMinutes,
    atRisk: remaining !== null && remaining <= AT_RISK_RATIO,
  };
}

function writeDays(days: number): string {
  if (days >= 1) return `${Math.floor(days * 10) / 10} d`;
  const hours = days * 24;
  return hours >= 1 ? `${Math.floor(hours)} h` : `${Math.floor(hours * 60)} min`;
}

/**
 * "12 d of 30 d" when less than the slots expected have data, else null. Expected are W of a rolling window, and the
 * part of a calendar period that has passed. Rounded down, so that a gap never reads as a whole.
 */
export function coverageLabel(coveredSlots: number, expectedSlots: number): string | null {
  if (coveredSlots >= expectedSlots) return null;
  return `${writeDays(coveredSlots / SLOTS_PER_DAY)} of ${writeDays(expectedSlots / SLOTS_PER_DAY)}`;
}
