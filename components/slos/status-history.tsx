"use client";

import { useQuery } from "@tanstack/react-query";
import { type BudgetAddress, sloHistoryQuery } from "#lib/client/slos.queries.ts";
import { problemOf } from "#lib/client/fetch-json.ts";
import type { Snapshot } from "#lib/contracts/slo-budgets.ts";
import { formatTime, formatUtc } from "#lib/format/time.ts";
import { usePreferences } from "#components/shell/preferences.tsx";
import { EmptyState, ErrorState } from "#components/shell/states.tsx";
import { StatusBadge } from "#components/shell/status.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { writeBurn, writeLeft } from "./slo-words.ts";

const SHOWN = 10;

/** The changes of the status over the last 30 days, newest first. */
export function StatusHistory({ address }: { address: BudgetAddress }) {
  const { data, error, refetch } = useQuery(sloHistoryQuery(address));
  const changes = (data ?? []).filter(({ previousStatus }) => previousStatus !== null).reverse();
  return (
    <section
      id="status-history"
      aria-labelledby="status-history-title"
      className="rounded-panel border-line-soft bg-panel border px-4 py-3.5"
    >
      <header className="mb-2.5 flex min-h-6 items-center justify-between gap-3">
        <h2 id="status-history-title" className="text-dim font-medium">
          {changes.length === 0 ? "Status" : `Status: ${countOf(changes.length)}`}
        </h2>
        <span className="text-small text-faint">30 days, newest first</span>
      </header>
      {!data && !error && (
        <div data-state="loading">
          <ListSkeleton rows={4} rowHeight="h-8" />
        </div>
      )}
      {!data && error && <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />}
      {data && changes.length === 0 && (
        <EmptyState title="It did not change">
          {data.length === 0
            ? "No look at it is on record yet."
            : "Every look on record shows the same status."}
        </EmptyState>
      )}
      {changes.length > 0 && <Changes changes={changes.slice(0, SHOWN)} />}
    </section>
  );
}

function countOf(changes: number): string {
  return changes === 1 ? "1 change" : `${changes} changes`;
}

function Changes({ changes }: { changes: readonly Snapshot[] }) {
  const { timeZone } = usePreferences().preferences;
  return (
    <ol>
      {changes.map(({ at, status, previousStatus, budgetRemainingRatio, burnRate6h }) => (
        <li
          key={at}
          className="border-line-soft flex flex-wrap items-baseline gap-x-3 border-t py-1.5 first:border-t-0"
        >
          <time dateTime={at} title={formatUtc(at)} className="text-faint w-24 flex-none">
            {formatTime(at, "dayClock", timeZone)}
          </time>
          <StatusBadge status={status} />
          <span className="text-small text-faint">after {previousStatus?.replace("_", " ")}</span>
          <span className="text-small text-dim ml-auto">
            {writeLeft(budgetRemainingRatio)} left, {writeBurn(burnRate6h)} (6h)
          </span>
        </li>
      ))}
    </ol>
  );
}
