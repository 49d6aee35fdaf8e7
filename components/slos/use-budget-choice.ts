"use client";

import { parseAsInteger, parseAsString, useQueryStates } from "nuqs";
import type { Budget } from "#lib/contracts/slo-budgets.ts";
import { groupKey } from "#lib/domain/slo/definition/groups.ts";
import { compareSloStatus } from "#lib/domain/slo/status/axes.ts";

const PARAMS = { objective: parseAsInteger, group: parseAsString };

/** The worst budget first: it stands for the SLO until another one is chosen. */
function worstOf(budgets: readonly Budget[]): Budget | undefined {
  const left = ({ budgetRemainingRatio }: Budget) => budgetRemainingRatio ?? Infinity;
  return [...budgets].sort((a, b) => {
    const [x, y] = [left(a), left(b)];
    return compareSloStatus(a.status, b.status) || (x === y ? 0 : x - y);
  })[0];
}

/** Which objective and group of an SLO is looked at, kept in the address; the worst one unless told. */
export function useBudgetChoice(budgets: readonly Budget[]) {
  const [{ objective, group }, setParams] = useQueryStates(PARAMS);
  const matches = budgets.filter(
    (budget) =>
      (objective === null || budget.objective === objective) &&
      (group === null || groupKey(budget.group) === group),
  );
  const chosen = worstOf(matches) ?? worstOf(budgets);
  const choose = (budget: Pick<Budget, "objective" | "group">) =>
    void setParams({ objective: budget.objective, group: groupKey(budget.group) });
  return { chosen, choose };
}
