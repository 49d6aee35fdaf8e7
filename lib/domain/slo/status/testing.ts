import type { BudgetBrief } from "./budget-brief.ts";

/** A healthy budget of checkout with 58 % left, but for what is given. */
export function brief(more: Partial<BudgetBrief> = {}): BudgetBrief {
  return {
    id: "slo-1",
    key: "checkout/availability",
    name: "availability",
    status: "healthy",
    target: 0.9995,
    window: "30d",
    budgetRemainingRatio: 0.58,
    sustainedBurnRate: 0.4,
    timeToExhaustionSeconds: null,
    lasts: true,
    firing: [],
    evaluatedAt: "2026-11-20T14:40:00.000Z",
    ...more,
  };
}
