"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { alertsQuery, type AlertListAnswer } from "#lib/client/alerts.queries.ts";
import { measuredView } from "#lib/client/measured-view.ts";
import type { AlertList as AlertListData } from "#lib/contracts/alerts.ts";
import { writeCount } from "#lib/domain/words/figures.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { StatusIcon } from "#components/shell/status.tsx";
import { Button } from "#components/ui/button.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { AlertFilterBar } from "./alert-filter-bar.tsx";
import { AlertGroups, AlertRows } from "./alert-groups.tsx";
import { useAlertFilter } from "./use-alert-filter.ts";

const WATCHDOG = "Watchdog";
/** So many alerts are listed at first, and come with each further wish; more than the last nobody reads. */
const PAGE = 100;
const MOST = 500;

function inWords({ counts }: AlertListData): string {
  const { firing, acknowledged, suppressed, pending } = counts;
  if (firing + acknowledged + suppressed + pending === 0) return "No alert";
  return `${countOf(firing, "alert")} firing, ${writeCount(acknowledged)} acknowledged, ${writeCount(suppressed)} suppressed, ${writeCount(pending)} pending`;
}

/** All alerts, those that want somebody first; the filter lives in the address. */
export function AlertList({ initial }: { initial?: AlertListAnswer }) {
  const { wanted, narrowed, clear } = useAlertFilter();
  const [limit, setLimit] = useState(PAGE);
  const asFirst = !narrowed && wanted.groupBy === undefined && limit === PAGE;
  const query = alertsQuery(limit === PAGE ? wanted : { ...wanted, limit });
  const answer = useQuery({ ...query, initialData: asFirst ? initial : undefined });
  const view = measuredView(answer);
  return (
    <>
      <AlertFilterBar list={answer.data?.data} />
      <PanelFrame
        anchor="alerts"
        title={answer.data ? inWords(answer.data.data) : "Alerts"}
        view={view}
        skeleton={<ListSkeleton rows={8} rowHeight="h-14" />}
      >
        {(list) => (
          <>
            <Rows
              list={list}
              groupBy={wanted.groupBy}
              narrowed={narrowed}
              unsure={view.state === "ready" && (view.stale !== null || view.partial)}
              onClear={clear}
            />
            <More list={list} onMore={limit < MOST ? () => setLimit(limit + PAGE) : null} />
            <Watchdog arrives={list.watchdog} />
          </>
        )}
      </PanelFrame>
    </>
  );
}

interface RowsProps {
  list: AlertListData;
  groupBy: string | undefined;
  narrowed: boolean;
  /** A source does not answer: that nothing is listed says nothing. */
  unsure: boolean;
  onClear: () => void;
}

function Rows({ list, groupBy, narrowed, unsure, onClear }: RowsProps) {
  // The watchdog fires while all is well; it has a line of its own.
  const alerts = list.alerts.filter(({ name }) => name !== WATCHDOG);
  if (alerts.length === 0) return <NoneShown narrowed={narrowed} unsure={unsure} onClear={onClear} />;
  return groupBy === undefined ? (
    <AlertRows alerts={alerts} label="Alerts" />
  ) : (
    <AlertGroups alerts={alerts} list={list} label={groupBy} />
  );
}

/** How many of how many are listed; nothing that matches goes unsaid. */
function More({ list: { alerts, more }, onMore }: { list: AlertListData; onMore: (() => void) | null }) {
  if (more === 0) return null;
  return (
    <p className="border-line-soft flex flex-wrap items-center gap-x-3 gap-y-1 border-t py-2">
      <span className="text-dim">
        The first {writeCount(alerts.length)} of {writeCount(alerts.length + more)} are shown
        {onMore ? "." : ": narrow the filter to see the others."}
      </span>
      {onMore && <Button onClick={onMore}>Show more</Button>}
    </p>
  );
}

function NoneShown({ narrowed, unsure, onClear }: Pick<RowsProps, "narrowed" | "unsure" | "onClear">) {
  if (narrowed) {
    return (
      <EmptyState title="No alert matches the filter">
        <Button onClick={onClear} className="mt-2">
          Clear the filter
        </Button>
      </EmptyState>
    );
  }
  if (unsure) {
    return (
      <EmptyState title="Not known">
        No alert is known, but a source does not answer: that proves nothing.
      </EmptyState>
    );
  }
  return <EmptyState title="No rule is over its threshold">Alerts appear here as they fire.</EmptyState>;
}

function Watchdog({ arrives }: { arrives: boolean }) {
  return (
    <p className="border-line-soft text-small text-faint mt-2 flex items-center gap-1.5 border-t pt-2">
      <StatusIcon status={arrives ? "healthy" : "no_data"} />
      {arrives
        ? "Alerting works: the watchdog alert arrives"
        : "No watchdog alert arrives: alerting is unproven"}
    </p>
  );
}
