import type { Reading } from "../budget/reading.ts";

/** What a budget can show, worst first: silence ranks below real trouble and above health. */
export const SLO_STATUSES = [
  "exhausted",
  "critical",
  "warning",
  "no_data",
  "no_traffic",
  "attention",
  "healthy",
] as const;
export type SloStatus = (typeof SLO_STATUSES)[number];

/** The budget's own axis; `unknown` when nothing was measured in the window. */
export type BudgetAxis = "exhausted" | "available" | "unknown";
/** The axis of the burn: everything but `exhausted`. */
export type BurnAxis = Exclude<SloStatus, "exhausted">;

/** The two axes a status is stored as. */
export interface StatusAxes {
  budget: BudgetAxis;
  burn: BurnAxis;
  /** The burn was held down to attention because so few events were bad. */
  lowTraffic: boolean;
}

/** Without a sample for so long there is no data. */
export const NO_DATA_AFTER_MS = 10 * 60_000;
/** Fewer bad events in 6 h are no proof of a burn worth more than attention. */
export const FEWEST_BAD_EVENTS = 3;

export interface StatusFacts {
  nowMs: number;
  newestSampleMs: number | null;
  /** Older slots are still being fetched: the figures are those of a part of the window. */
  historyPending: boolean;
  /** The reading over W. */
  window: Pick<Reading, "noTraffic">;
  budgetRemainingRatio: number | null;
  /** The lower burn rate of 6 h and 30 min. */
  sustainedBurnRate: number | null;
  /** Null where events are not what is counted: time slices have no low traffic. */
  badEventsIn6h: number | null;
}

function levelOfBurn(rate: number): "critical" | "warning" | "attention" | "healthy" {
  if (rate > 2) return "critical";
  if (rate > 1.5) return "warning";
  return rate > 1 ? "attention" : "healthy";
}

function budgetAxis(remaining: number | null): BudgetAxis {
  if (remaining === null) return "unknown";
  return remaining <= 0 ? "exhausted" : "available";
}

/** The status of this moment on both axes, before any holding. Comparisons are strict: exactly 2x is a warning. */
export function statusAxes(facts: StatusFacts): StatusAxes {
  const budget = budgetAxis(facts.budgetRemainingRatio);
  const { newestSampleMs, sustainedBurnRate: rate } = facts;
  const silent =
    facts.historyPending || newestSampleMs === null || facts.nowMs - newestSampleMs > NO_DATA_AFTER_MS;
  if (silent) return { budget, burn: "no_data", lowTraffic: false };
  if (facts.window.noTraffic) return { budget, burn: "no_traffic", lowTraffic: false };
  if (rate === null) return { budget, burn: "no_data", lowTraffic: false };
  const level = levelOfBurn(rate);
  const few = facts.badEventsIn6h !== null && facts.badEventsIn6h < FEWEST_BAD_EVENTS;
  const lowTraffic = few && (level === "critical" || level === "warning");
  return { budget, burn: lowTraffic ? "attention" : level, lowTraffic };
}

/** The two axes as the one status that is shown. */
export function statusOfAxes({ budget, burn }: Pick<StatusAxes, "budget" | "burn">): SloStatus {
  return budget === "exhausted" ? "exhausted" : burn;
}

/** Negative when `a` is worse than `b`; a comparator for "worst first". */
export function compareSloStatus(a: SloStatus, b: SloStatus): number {
  return SLO_STATUSES.indexOf(a) - SLO_STATUSES.indexOf(b);
}

/** What an SLO shows for its objectives and groups: the worst; `no_data` when there are none. */
export function worstSloStatus(statuses: readonly SloStatus[]): SloStatus {
  return [...statuses].sort(compareSloStatus)[0] ?? "no_data";
}
