"use client";

import { useQuery } from "@tanstack/react-query";
import { type BudgetAddress, budgetQuery } from "#lib/client/slos.queries.ts";
import type { PanelView } from "#lib/client/panel-lines.ts";
import type { Budget, BudgetGraphs } from "#lib/contracts/slo-budgets.ts";
import { readWindow } from "#lib/domain/slo/definition/windows.ts";
import { formatTime } from "#lib/format/time.ts";
import { RatioChart } from "#components/charts/ratio-chart.tsx";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { usePreferences } from "#components/shell/preferences.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { AnnotationList } from "./annotation-list.tsx";
import { marksOf, spansOf } from "./annotations.ts";
import { lowestOf } from "./lowest.ts";
import { measuredView } from "#lib/client/measured-view.ts";
import { shortWindow, windowInWords, writeGoodRatio, writeLeft, writeTarget } from "./slo-words.ts";

type View = PanelView<BudgetGraphs>;

/** Both budget graphs, the SLI over time, and what happened meanwhile. */
export function BudgetCharts({ address, budget }: { address: BudgetAddress; budget: Budget }) {
  const view = measuredView(useQuery(budgetQuery(address)));
  const calendar = readWindow(budget.window)?.kind === "calendar";
  const graphs = [
    <BurnDown key="burn-down" view={view} budget={budget} />,
    <Trailing key="trailing" view={view} budget={budget} />,
  ];
  return (
    <>
      {calendar ? graphs : graphs.reverse()}
      <SliChart view={view} budget={budget} />
      <AnnotationList view={view} />
    </>
  );
}

const colorOf = ({ status }: Budget) =>
  status === "no_traffic" || status === "no_data" ? "var(--no-data)" : `var(--${status})`;

const noValue = (values: readonly (number | null)[]) => values.every((value) => value === null);

const NOTHING = (
  <EmptyState title="Nothing was measured in this window">
    The ledger has no slot with data; explaining a figure shows what is asked of the source.
  </EmptyState>
);

function BurnDown({ view, budget }: { view: View; budget: Budget }) {
  const calendar = readWindow(budget.window)?.kind === "calendar";
  const left = budget.budgetRemainingRatio;
  const of = calendar ? "of this period" : `of the last ${windowInWords(budget.window)}`;
  return (
    <PanelFrame
      anchor="burn-down"
      title={left === null ? "Burn-down" : `Burn-down: ${writeLeft(left)} left ${of}`}
      view={view}
      skeleton={<Skeleton className="h-60" />}
      empty={{ when: ({ burnDown }) => noValue(burnDown.budgetRemainingRatio), state: NOTHING }}
    >
      {({ burnDown, annotations }) => (
        <RatioChart
          label="Burn-down of the budget"
          timesMs={burnDown.timesMs}
          lines={[
            {
              name: "left to date",
              values: burnDown.budgetRemainingRatio,
              color: colorOf(budget),
              filled: true,
            },
            {
              name: "even spending",
              values: burnDown.idealRemainingRatio,
              color: "var(--faint)",
              dashed: true,
            },
            ...(calendar
              ? [
                  {
                    name: "if this burn is sustained",
                    values: burnDown.projectedRemainingRatio,
                    color: colorOf(budget),
                    dashed: true,
                  },
                ]
              : []),
          ]}
          marks={marksOf(annotations)}
          spans={spansOf(annotations)}
          write={writeLeft}
        />
      )}
    </PanelFrame>
  );
}

function Trailing({ view, budget }: { view: View; budget: Budget }) {
  const { timeZone } = usePreferences().preferences;
  const lowest = view.state === "ready" ? lowestOf(view.data.trailing) : null;
  const when =
    lowest && `, lowest ${writeLeft(lowest.value)} on ${formatTime(lowest.atMs, "dayClock", timeZone)}`;
  return (
    <PanelFrame
      anchor="trailing-budget"
      title={`Trailing budget${when ?? ""}`}
      aside={`left over the ${shortWindow(budget.window)} before each time`}
      view={view}
      skeleton={<Skeleton className="h-60" />}
      empty={{ when: ({ trailing }) => noValue(trailing.budgetRemainingRatio), state: NOTHING }}
    >
      {({ trailing, annotations }) => (
        <RatioChart
          label="Trailing budget"
          timesMs={trailing.timesMs}
          lines={[
            {
              name: `left over the trailing ${windowInWords(budget.window)}`,
              values: trailing.budgetRemainingRatio,
              color: colorOf(budget),
              filled: true,
            },
          ]}
          marks={marksOf(annotations)}
          spans={spansOf(annotations)}
          write={writeLeft}
        />
      )}
    </PanelFrame>
  );
}

function SliChart({ view, budget }: { view: View; budget: Budget }) {
  const error = budget.errorRatio.window ?? null;
  const now = error === null ? "no data" : writeGoodRatio(1 - error);
  return (
    <PanelFrame
      anchor="sli"
      title={`SLI ${now} over ${windowInWords(budget.window)}, target ${writeTarget(budget.target)}`}
      view={view}
      skeleton={<Skeleton className="h-52" />}
      empty={{ when: ({ sli }) => noValue(sli.goodRatio), state: NOTHING }}
    >
      {({ sli, annotations }) => (
        <RatioChart
          label="Share of good events"
          timesMs={sli.timesMs}
          lines={[{ name: "good events", values: sli.goodRatio, color: "var(--s1)" }]}
          limit={{ value: budget.target, text: `target ${writeTarget(budget.target)}` }}
          marks={marksOf(annotations)}
          spans={spansOf(annotations)}
          write={writeGoodRatio}
          heightPx={190}
        />
      )}
    </PanelFrame>
  );
}
