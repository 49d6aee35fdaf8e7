import { expect, test } from "vitest";
import { type BudgetBrief, budgetReason, compareBudgets, spokenStatuses } from "./budget-brief.ts";
import { brief } from "./testing.ts";

test.each<[Partial<BudgetBrief>, string | null]>([
  [{}, null],
  [{ status: null }, null],
  [{ status: "attention", sustainedBurnRate: 1.2 }, "availability burns 1.2x, 58 % left"],
  [{ status: "exhausted", budgetRemainingRatio: -0.26 }, "availability is out of budget, -26 % left"],
  [{ status: "no_data", budgetRemainingRatio: null }, "availability has no data"],
  [{ status: "no_traffic" }, "availability had no traffic"],
])("%j reads %s", (more, words) => expect(budgetReason(brief(more))).toBe(words));

test("worst first: by status, then by what is left; what was not evaluated yet comes last", () => {
  const budgets = [
    brief({ key: "new", status: null }),
    brief({ key: "b" }),
    brief({ key: "a" }),
    brief({ key: "low", budgetRemainingRatio: 0.1 }),
    brief({ key: "unknown", budgetRemainingRatio: null }),
    brief({ key: "bad", status: "critical" }),
  ];
  expect(budgets.sort(compareBudgets).map(({ key }) => key)).toEqual([
    "bad",
    "low",
    "a",
    "b",
    "unknown",
    "new",
  ]);
  expect(spokenStatuses(budgets)).toHaveLength(5);
});
