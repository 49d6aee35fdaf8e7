import { writeRatio, writeTimes } from "#lib/domain/words/figures.ts";
import type { TierKey } from "../alerts/tiers.ts";
import { compareSloStatus, type SloStatus } from "./axes.ts";

type Figure = number | null;

/** A budget in a row of a service, a node or a finding: the worst objective and group of one SLO. */
export interface BudgetBrief {
  /** The SLO's id and key. */
  id: string;
  key: string;
  name: string;
  /** Null until it was evaluated for the first time: then it says nothing of its service yet. */
  status: SloStatus | null;
  target: number;
  /** "30d", "month Europe/Berlin". */
  window: string;
  budgetRemainingRatio: Figure;
  /** The lower burn rate of 6 h and 30 min. */
  sustainedBurnRate: Figure;
  timeToExhaustionSeconds: Figure;
  lasts: boolean;
  firing: TierKey[];
  /** When the figures were worked out. */
  evaluatedAt: string | null;
}

/** The statuses that have something to say. */
export function spokenStatuses(budgets: readonly Pick<BudgetBrief, "status">[]): SloStatus[] {
  return budgets.flatMap(({ status }) => status ?? []);
}

/** A comparator for "worst first": by status, then by what is left; what was not evaluated yet comes last. */
export function compareBudgets(a: BudgetBrief, b: BudgetBrief): number {
  if (a.status === null || b.status === null) return Number(a.status === null) - Number(b.status === null);
  const left = ({ budgetRemainingRatio }: BudgetBrief) => budgetRemainingRatio ?? Infinity;
  const byLeft = left(a) === left(b) ? 0 : left(a) - left(b);
  return compareSloStatus(a.status, b.status) || byLeft || (a.key < b.key ? -1 : 1);
}

/** Why a budget makes its service or node look bad: "availability burns 3.1x, 16 % left"; null when it does not. */
export function budgetReason(budget: BudgetBrief): string | null {
  const { name, status, budgetRemainingRatio, sustainedBurnRate } = budget;
  const left = `${writeRatio(budgetRemainingRatio)} left`;
  switch (status) {
    case "exhausted":
      return `${name} is out of budget, ${left}`;
    case "critical":
    case "warning":
    case "attention":
      return `${name} burns ${writeTimes(sustainedBurnRate)}, ${left}`;
    case "no_data":
      return `${name} has no data`;
    case "no_traffic":
      return `${name} had no traffic`;
    case "healthy":
    case null:
      return null;
  }
}
