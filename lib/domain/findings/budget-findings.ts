import { writePercent } from "#lib/domain/slo/decimal.ts";
import type { TierKey } from "#lib/domain/slo/alerts/tiers.ts";
import { type BudgetBrief, compareBudgets } from "#lib/domain/slo/status/budget-brief.ts";
import { statusOfSlo } from "#lib/domain/slo/status/subject-status.ts";
import { type Status, worstStatus } from "#lib/domain/status/status.ts";
import { writeRatio, writeSeconds, writeTimes } from "#lib/domain/words/figures.ts";
import { countOf, listOf } from "#lib/domain/words/language.ts";
import { type Finding, type RankedFinding, URGENCY } from "./finding.ts";

const WORD_OF_TIER: Record<TierKey, string> = {
  page_fast: "the fast page",
  page_slow: "the slow page",
  ticket_fast: "the fast ticket",
  ticket_slow: "the slow ticket",
};

/** A firing tier is news even where the burn of six hours has not caught up yet. */
function statusOf({ status, firing }: BudgetBrief): Status {
  const pages = firing.some((tier) => tier.startsWith("page"));
  const alert: Status[] = firing.length === 0 ? [] : [pages ? "critical" : "warning"];
  return worstStatus([statusOfSlo(status ?? "no_data"), ...alert]);
}

function needsAttention({ status, firing }: BudgetBrief): boolean {
  return status === "exhausted" || status === "critical" || (status !== null && firing.length > 0);
}

/** How long the rest lasts at the present burn; null when it lasts, or there is none. */
function timeLeft({ lasts, timeToExhaustionSeconds: seconds, status }: BudgetBrief): string | null {
  return status === "exhausted" || lasts || seconds === null ? null : writeSeconds(seconds);
}

function reasonOf(budget: BudgetBrief, others: number): string {
  const { firing, sustainedBurnRate: burn, window, target } = budget;
  const left = timeLeft(budget);
  const fires = firing.map((tier) => WORD_OF_TIER[tier]);
  const facts = [
    `${writePercent(target)} over ${window}`,
    ...(burn === null ? [] : [`burns ${writeTimes(burn)}`]),
    ...(left === null ? [] : [`the rest is gone in ${left} if this burn is sustained`]),
    ...(fires.length === 0 ? [] : [`${listOf(fires)} ${fires.length === 1 ? "fires" : "fire"}`]),
  ];
  const more =
    others === 0 ? "" : ` ${countOf(others, "more SLO")} of it ${others === 1 ? "is" : "are"} in trouble.`;
  return `${facts.join("; ")}.${more}`;
}

/**
 * What needs attention about the budgets of one service, node or journey: the worst of those that are exhausted, burn
 * critically or alert. One cause burns several budgets, so the others are only counted.
 */
export function budgetFindings(
  subject: Finding["subject"],
  budgets: readonly BudgetBrief[],
): RankedFinding[] {
  const troubled = budgets.filter(needsAttention).sort(compareBudgets);
  const [worst] = troubled;
  if (!worst) return [];
  const spent = worst.status === "exhausted";
  const burn = writeTimes(worst.sustainedBurnRate);
  const left = writeRatio(worst.budgetRemainingRatio);
  const gone = timeLeft(worst);
  const pages = worst.firing.some((tier) => tier.startsWith("page"));
  return [
    {
      id: `slo/${worst.key}`,
      status: statusOf(worst),
      subject,
      title: spent
        ? `${worst.key} is out of budget, ${left} left`
        : `${worst.key} burns ${burn}, ${left} left`,
      reason: reasonOf(worst, troubled.length - 1),
      nextStep: spent
        ? "Hold back risky changes, and see on its page who spent it."
        : "See on its page who spends it: by route, node and deploy.",
      urgency: pages ? URGENCY.errors - 1 : URGENCY.budget,
      clause: {
        text: spent ? `${subject.name} is out of budget` : `${subject.name} burns its budget at ${burn}`,
        tail: gone === null ? "" : ` (gone in ${gone})`,
      },
    },
  ];
}
