"use client";

import type { Budget } from "#lib/contracts/slo-budgets.ts";
import type { Preview } from "#lib/contracts/slos.ts";
import { writeCount } from "#lib/domain/words/figures.ts";
import { groupInWords } from "#lib/domain/slo/definition/groups.ts";
import { RatioChart } from "#components/charts/ratio-chart.tsx";
import { StatusBadge } from "#components/shell/status.tsx";
import { BurnBar } from "#components/charts/burn-bar.tsx";
import {
  eventsLeft,
  minutesLeft,
  windowInWords,
  writeGoodRatio,
  writeLeft,
  writeTarget,
} from "../slo-words.ts";
import { PreviewAlerts } from "./preview-alerts.tsx";

interface PreviewObjectiveProps {
  /** All groups of one objective, as they came. */
  budgets: readonly Budget[];
  graph: Preview["graphs"][number] | undefined;
  alerts: Preview["alerts"];
}

function sameGroup(a: Record<string, string>, b: Record<string, string>): boolean {
  return groupInWords(a) === groupInWords(b);
}

/** What one objective would have shown: its budget, how it went, and who would have been told. */
export function PreviewObjective({ budgets, graph, alerts }: PreviewObjectiveProps) {
  const [first] = budgets;
  const budget = budgets.find(({ group }) => graph && sameGroup(group, graph.group)) ?? first;
  if (!budget) return null;
  return (
    <section className="border-line-soft grid min-w-0 gap-3 border-t pt-3">
      <Summary budget={budget} groupCount={budgets.length} />
      {graph && <Story graph={graph} budget={budget} alerts={alerts} />}
    </section>
  );
}

function Summary({ budget, groupCount }: { budget: Budget; groupCount: number }) {
  const { bad, total, coverage } = budget;
  const counted = bad !== null && total !== null ? `${writeCount(bad)} bad of ${writeCount(total)}. ` : "";
  const left = [eventsLeft(budget.budgetRemainingEvents), minutesLeft(budget.budgetRemainingMinutes)].filter(
    (part) => part !== null,
  );
  return (
    <div>
      <div className="flex items-baseline justify-between gap-3">
        <h3 className="text-dim">
          {writeTarget(budget.target)} over {windowInWords(budget.window)}
        </h3>
        <StatusBadge status={budget.status} />
      </div>
      <p className="text-title font-semibold tracking-tight">
        {writeLeft(budget.budgetRemainingRatio)}{" "}
        <span className="text-body text-dim font-normal tracking-normal">of the budget would be left</span>
      </p>
      <BurnBar
        status={budget.status}
        shares={{ consumedRatio: budget.budgetConsumedRatio, paceRatio: null, projectedRatio: null }}
      />
      <p className="text-dim mt-1.5">
        {counted}
        {left.length > 0 && `Left: ${left.join(" · ")}.`}
        {coverage !== null && ` Measured: ${coverage}.`}
      </p>
      {groupCount > 1 && (
        <p className="text-dim">
          The worst of {groupCount} groups: {groupInWords(budget.group)}.
        </p>
      )}
    </div>
  );
}

interface StoryProps {
  graph: Preview["graphs"][number];
  budget: Budget;
  alerts: Preview["alerts"];
}

function Story({ graph: { trailing, sli }, budget, alerts }: StoryProps) {
  return (
    <>
      <div>
        <h4 className="text-dim mb-1">Budget left, had it been in force</h4>
        <RatioChart
          label="Trailing budget"
          timesMs={trailing.timesMs}
          lines={[
            { name: "left", values: trailing.budgetRemainingRatio, color: "var(--accent)", filled: true },
          ]}
          write={writeLeft}
          heightPx={150}
        />
      </div>
      <div>
        <h4 className="text-dim mb-1">Good ratio</h4>
        <RatioChart
          label="Good ratio"
          timesMs={sli.timesMs}
          lines={[{ name: "good", values: sli.goodRatio, color: "var(--s1)" }]}
          limit={{ value: budget.target, text: writeTarget(budget.target) }}
          write={writeGoodRatio}
          heightPx={150}
        />
      </div>
      <div>
        <h4 className="text-dim mb-1">Alerts that would have fired</h4>
        <PreviewAlerts
          budget={budget}
          alerts={alerts.filter(({ objective }) => objective === budget.objective)}
          fromMs={trailing.timesMs[0] ?? 0}
          toMs={trailing.timesMs.at(-1) ?? 0}
        />
      </div>
    </>
  );
}
