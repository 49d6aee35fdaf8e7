import type { BudgetBrief } from "#lib/contracts/budget-brief.ts";
import { BudgetBar } from "#components/charts/budget-bar.tsx";
import { StatusBadge } from "#components/shell/status.tsx";
import { DataTable, type Column } from "#components/ui/data-table.tsx";
import { shortWindow, writeBurn, writeLeft, writeTarget } from "../slo-words.ts";

const COLUMNS: readonly Column<BudgetBrief>[] = [
  { key: "name", header: "SLO", cell: ({ name }) => name, sortBy: ({ name }) => name },
  {
    key: "status",
    header: "Status",
    beside: true,
    cell: ({ status }) => <StatusBadge status={status ?? "no_data"}>{status === null && "new"}</StatusBadge>,
  },
  {
    key: "objective",
    header: "Objective",
    cell: ({ target, window }) => (
      <span className="text-dim whitespace-nowrap">
        {writeTarget(target)} <span className="text-faint">{shortWindow(window)}</span>
      </span>
    ),
  },
  { key: "budget", header: "Budget spent", cell: (budget) => <BudgetBar budget={budget} /> },
  {
    key: "left",
    header: "Left",
    align: "end",
    cell: ({ budgetRemainingRatio }) => writeLeft(budgetRemainingRatio),
    sortBy: ({ budgetRemainingRatio }) => budgetRemainingRatio,
  },
  {
    key: "burn",
    header: "Burn (6h, 30m)",
    align: "end",
    cell: ({ sustainedBurnRate }) => writeBurn(sustainedBurnRate),
    sortBy: ({ sustainedBurnRate }) => sustainedBurnRate,
  },
  {
    key: "firing",
    header: "Alerts",
    cell: ({ firing }) => (
      <span className={firing.length > 0 ? "text-critical" : "text-faint"}>
        {firing.length > 0 ? firing.map((tier) => tier.replace("_", " ")).join(", ") : "quiet"}
      </span>
    ),
    wide: true,
  },
];

/** The budgets of a service or a node, worst first; each leads to the page of its SLO. */
export function BudgetList({ budgets }: { budgets: readonly BudgetBrief[] }) {
  return (
    <DataTable
      label="Error budgets"
      columns={COLUMNS}
      rows={budgets}
      rowKey={({ id }) => id}
      href={({ id }) => `/slos/${encodeURIComponent(id)}`}
    />
  );
}
