import type { BudgetBrief } from "#lib/contracts/budget-brief.ts";
import { outlookInWords } from "#components/charts/burn-words.ts";
import { writeBurn, writeLeft } from "../slo-words.ts";

/** The worst of some budgets in a clause: "latency has 16 % left, gone in 19 h at 6.1x". */
export function outlookOf(worst: BudgetBrief): string {
  const { name, status, budgetRemainingRatio: left, sustainedBurnRate: burn } = worst;
  if (status === null) return "not measured yet";
  if (left === null) return `nothing is known of ${name}`;
  const rest = left <= 0 ? "" : `, ${outlookInWords(worst)} at ${writeBurn(burn)}`;
  return `${name} has ${writeLeft(left)} left${rest}`;
}
