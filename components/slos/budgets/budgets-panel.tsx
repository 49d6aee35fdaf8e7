"use client";

import type { BudgetBrief } from "#lib/contracts/budget-brief.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { usePanel } from "#components/shell/page-panels.tsx";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { Link } from "#components/ui/link.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { BudgetList } from "./budget-list.tsx";
import { outlookOf } from "./outlook.ts";

/** The error budgets of the service or node whose page this is; they come with its health. */
export function BudgetsPanel({ of }: { of: "service" | "node" }) {
  const view = usePanel(`${of}.health`);
  return (
    <PanelFrame
      anchor="budgets"
      title={view.state === "ready" ? titleOf(view.data.budgets) : "Error budgets"}
      aside="worst first"
      view={view}
      skeleton={<ListSkeleton rows={3} rowHeight="h-9" />}
      empty={{ when: ({ budgets }) => budgets.length === 0, state: <NoSlo of={of} /> }}
    >
      {({ budgets }) => <BudgetList budgets={budgets} />}
    </PanelFrame>
  );
}

function titleOf(budgets: readonly BudgetBrief[]): string {
  const [worst] = budgets;
  if (!worst) return "Error budgets";
  return `${countOf(budgets.length, "error budget")}: ${outlookOf(worst)}`;
}

function NoSlo({ of }: { of: "service" | "node" }) {
  return (
    <EmptyState title={`No SLO speaks for this ${of}`}>
      <p>
        Until it has one, its {of === "service" ? "signals" : "gauges"} alone say how it is.{" "}
        <Link href="/slos/propose" className="text-accent underline">
          See what could be promised
        </Link>
      </p>
    </EmptyState>
  );
}
