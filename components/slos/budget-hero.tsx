"use client";

import type { Budget } from "#lib/contracts/slo-budgets.ts";
import type { SloDetail } from "#lib/contracts/slos.ts";
import { writeRatio, writeSeconds } from "#lib/domain/words/figures.ts";
import { formatTime, formatUtc } from "#lib/format/time.ts";
import { usePreferences } from "#components/shell/preferences.tsx";
import { StatusBadge, statusColor } from "#components/shell/status.tsx";
import { Button } from "#components/ui/button.tsx";
import { BurnBar } from "#components/charts/burn-bar.tsx";
import { sharesOf } from "#components/charts/burn-bar-geometry.ts";
import { type Counted, countedBy } from "./counted.ts";
import { eventsLeft, minutesLeft, writeTarget } from "./slo-words.ts";

interface BudgetHeroProps {
  slo: SloDetail;
  budget: Budget;
  onExplain: (figure: string) => void;
}

/** What is left, as a sentence. */
function leftInWords(budget: Budget, counted: Counted): string {
  const events = counted === "events" ? eventsLeft(budget.budgetRemainingEvents) : null;
  const minutes = minutesLeft(budget.budgetRemainingMinutes);
  const parts = [events, minutes].filter((part) => part !== null);
  if (parts.length === 0) return "How much is left is not known.";
  const over = (budget.budgetRemainingRatio ?? 0) < 0;
  return over
    ? `${parts.join(", or ")}: ${writeTarget(budget.target)} is missed`
    : `${parts.join(", or ")} may still fail before ${writeTarget(budget.target)} is missed`;
}

function Outlook({ budget }: { budget: Budget }) {
  const { timeToExhaustionSeconds: seconds, lasts, status } = budget;
  if (budget.budgetRemainingRatio === null) return null;
  if (lasts) return <> · lasts, if this burn is sustained</>;
  if (seconds === null || seconds === 0) return null;
  return (
    <>
      {" "}
      · gone in <strong className={`font-medium ${statusColor(status)}`}>{writeSeconds(seconds)}</strong> if
      this burn is sustained
    </>
  );
}

/** The answer of the page: the status and since when, what is left, and whether it lasts. */
export function BudgetHero({ slo, budget, onExplain }: BudgetHeroProps) {
  const left = budget.budgetRemainingRatio;
  const atMs = slo.evaluatedAt === null ? 0 : Date.parse(slo.evaluatedAt);
  return (
    <section aria-label="Budget left" className="flex flex-wrap items-end gap-x-8 gap-y-3">
      <div className="min-w-0 flex-1 basis-96">
        <p className="flex flex-wrap items-center gap-x-2">
          <StatusBadge status={budget.status} />
          <Since at={budget.since} />
          {budget.atRisk && budget.status !== "exhausted" && <span className="text-warning">at risk</span>}
          {budget.lowTraffic && <span className="text-dim">few events: no worse than attention</span>}
          {budget.silenced && <span className="text-dim">silenced by an exclusion</span>}
        </p>
        <p className="text-display mt-1 font-semibold tracking-tight">
          {left === null ? "No data" : writeRatio(Math.abs(left))}{" "}
          <span className="text-title text-dim font-normal">
            {left === null ? "" : left < 0 ? "of the budget overspent" : "of the budget left"}
          </span>
        </p>
        <p className="text-dim mt-1">
          {leftInWords(budget, countedBy(slo))}
          <Outlook budget={budget} />
          {budget.coverage !== null && <span className="text-faint"> · {budget.coverage} have data</span>}
        </p>
      </div>
      <div className="min-w-0 flex-1 basis-80">
        <BurnBar shares={sharesOf(budget, atMs)} status={budget.status} height="h-5" />
        <div className="mt-1.5 flex items-start justify-between gap-3 pl-[12%]">
          <p className="text-small text-faint">{legendOf(budget)}</p>
          <Button onClick={() => onExplain("budgetRemainingRatio")}>Explain this number</Button>
        </div>
      </div>
    </section>
  );
}

function Since({ at }: { at: string }) {
  const { timeZone } = usePreferences().preferences;
  return (
    <time dateTime={at} title={formatUtc(at)} className="text-faint">
      since {formatTime(at, "dayClock", timeZone)}
    </time>
  );
}

function legendOf({ paceRatio, budgetRemainingRatio: left, sustainedBurnRate: burn }: Budget): string {
  const burns = left !== null && left > 0 && burn !== null && burn > 0;
  if (paceRatio === null) return burns ? "ghost: a day more of this burn" : "";
  return `tick: an even spending${burns ? " · ghost: where this burn leads by the period's end" : ""}`;
}
