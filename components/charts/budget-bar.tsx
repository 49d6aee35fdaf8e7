import type { BudgetBrief } from "#lib/contracts/budget-brief.ts";
import { complement } from "#lib/domain/slo/decimal.ts";
import { BurnBar } from "./burn-bar.tsx";
import { sharesOf } from "./burn-bar-geometry.ts";
import { outlookInWords } from "./burn-words.ts";

/** The burn bar of a budget in a row, with how long it lasts in words. */
export function BudgetBar({ budget }: { budget: BudgetBrief }) {
  const { status, evaluatedAt, budgetRemainingRatio: left } = budget;
  if (status === null) return <span className="text-small text-faint">not measured yet</span>;
  const spending = { ...budget, budgetConsumedRatio: left === null ? null : complement(left) };
  const shares = sharesOf(spending, evaluatedAt === null ? 0 : Date.parse(evaluatedAt));
  return (
    <span className="flex items-center gap-2">
      <span className="w-14 flex-none sm:w-24 xl:w-28">
        <BurnBar shares={shares} status={status} height="h-2.5" />
      </span>
      <span className="text-dim whitespace-nowrap">{outlookInWords(budget)}</span>
    </span>
  );
}
