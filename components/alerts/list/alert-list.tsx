"use client";

import { useQuery } from "@tanstack/react-query";
import { alertsQuery, type AlertListAnswer } from "#lib/client/alerts.queries.ts";
import { measuredView } from "#lib/client/measured-view.ts";
import type { Alert, AlertList as AlertListData } from "#lib/contracts/alerts.ts";
import { writeCount } from "#lib/domain/words/figures.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { StatusIcon } from "#components/shell/status.tsx";
import { Button } from "#components/ui/button.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { AlertFilterBar } from "./alert-filter-bar.tsx";
import { AlertRow } from "./alert-row.tsx";
import { useAlertFilter } from "./use-alert-filter.ts";

const WATCHDOG = "Watchdog";
/** More rows than this take longer to lay out than a refresh should. */
const MANY = 100;

function inWords({ counts }: AlertListData): string {
  const { firing, acknowledged, suppressed, pending } = counts;
  if (firing + acknowledged + suppressed + pending === 0) return "No alert";
  return `${countOf(firing, "alert")} firing, ${writeCount(acknowledged)} acknowledged, ${writeCount(suppressed)} suppressed, ${writeCount(pending)} pending`;
}

/** All alerts, those that want somebody first; the filter lives in the address. */
export function AlertList({ initial }: { initial?: AlertListAnswer }) {
  const { wanted, narrowed, clear } = useAlertFilter();
  const query = alertsQuery(wanted);
  const answer = useQuery({ ...query, initialData: narrowed || wanted.groupBy ? undefined : initial });
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
  const more = list.more > 0 && (
    <p className="text-dim border-line-soft border-t py-2">
      {writeCount(list.more)} more match: narrow the filter to see them.
    </p>
  );
  if (groupBy === undefined)
    return (
      <>
        <AlertRows alerts={alerts} label="Alerts" />
        {more}
      </>
    );
  const valueOf = ({ labels }: Alert) => labels[groupBy] ?? "";
  const grouped = Map.groupBy(alerts, valueOf);
  return (
    <>
      {list.groups.map(({ value, count }) => {
        const own = grouped.get(value);
        return (
          own && (
            <section key={value} className="mb-3">
              <h3 className="text-dim pt-2 pb-1 font-medium break-words">
                {value === "" ? `no ${groupBy}` : value}{" "}
                <span className="text-faint font-normal">{writeCount(count)}</span>
              </h3>
              <AlertRows alerts={own} label={`${groupBy} ${value}`} />
            </section>
          )
        );
      })}
      {more}
    </>
  );
}

function AlertRows({ alerts, label }: { alerts: readonly Alert[]; label: string }) {
  return (
    <ul aria-label={label}>
      {alerts.map((alert) => (
        <AlertRow key={alert.fingerprint} alert={alert} among={alerts.length > MANY ? "many" : "few"} />
      ))}
    </ul>
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
