"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState, type ReactNode } from "react";
import { type BudgetAddress, type OneSlo, sloQuery } from "#lib/client/slos.queries.ts";
import type { Budget } from "#lib/contracts/slo-budgets.ts";
import type { SloDetail } from "#lib/contracts/slos.ts";
import { AlertTiers } from "./alert-tiers.tsx";
import { BudgetCharts } from "./budget-charts.tsx";
import { BudgetFigures } from "./budget-figures.tsx";
import { BudgetHero } from "./budget-hero.tsx";
import { countedBy } from "./counted.ts";
import { measuredView } from "#lib/client/measured-view.ts";
import { NoBudget } from "./no-budget.tsx";
import { ObjectiveSwitch } from "./objective-switch.tsx";
import { SloHeader } from "./slo-header.tsx";
import { SpendPanel } from "./spend-panel.tsx";
import { StatusHistory } from "./status-history.tsx";
import { useBudgetChoice } from "./use-budget-choice.ts";
import { VersionsPanel } from "./versions-panel.tsx";

const ExplainDialog = dynamic(() => import("./explain-dialog.tsx").then((module) => module.ExplainDialog));

interface SloPageProps {
  initial: OneSlo;
  /** Exclusions, corrections and notes of this SLO. */
  changes?: ReactNode;
}

/** One SLO: how much is left, who spent it, whether it will last, and what each figure is made of. */
export function SloPage({ initial, changes }: SloPageProps) {
  const answer = useQuery({ ...sloQuery(initial.data.slo.id), initialData: initial });
  const view = measuredView(answer);
  const { slo } = answer.data.data;
  const { chosen, choose } = useBudgetChoice(slo.budgets);
  return (
    <>
      <SloHeader slo={slo} view={view} />
      {slo.budgets.length > 1 && chosen && (
        <ObjectiveSwitch budgets={slo.budgets} chosen={chosen} onChoose={choose} />
      )}
      {chosen ? <BudgetSections slo={slo} budget={chosen} /> : <NoBudget slo={slo} />}
      {changes}
      <VersionsPanel slo={slo} />
    </>
  );
}

/** The figure that is being explained; null while the dialog was never opened. */
type Asked = { figure: string; open: boolean } | null;

function BudgetSections({ slo, budget }: { slo: SloDetail; budget: Budget }) {
  const [asked, setAsked] = useState<Asked>(null);
  const explain = (figure: string) => setAsked({ figure, open: true });
  const address: BudgetAddress = { id: slo.id, objective: budget.objective, group: budget.group };
  return (
    <>
      <BudgetHero slo={slo} budget={budget} onExplain={explain} />
      <BudgetFigures budget={budget} counted={countedBy(slo)} onExplain={explain} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 gap-4">
          <BudgetCharts address={address} budget={budget} />
        </div>
        <div className="grid min-w-0 gap-4">
          <AlertTiers slo={slo} budget={budget} onExplain={explain} />
          <SpendPanel address={address} />
          <StatusHistory address={address} />
        </div>
      </div>
      {asked && (
        <ExplainDialog
          address={address}
          figure={asked.figure}
          open={asked.open}
          onOpenChange={(open) => setAsked({ ...asked, open })}
        />
      )}
    </>
  );
}
