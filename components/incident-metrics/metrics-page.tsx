"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { incidentMetricsQuery, type MetricsFilter } from "#lib/client/incident-metrics.queries.ts";
import { problemOf } from "#lib/client/fetch-json.ts";
import type { IncidentMetrics } from "#lib/contracts/incident-metrics.ts";
import { EntityLink } from "#components/shell/entity-link.tsx";
import { SeverityChip } from "#components/shell/severity-chip.tsx";
import { EmptyState, ErrorState, ForbiddenState } from "#components/shell/states.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { DotsPanel } from "./dots-panel.tsx";
import { MetricTable } from "./metric-table.tsx";
import { MetricsFilterBar } from "./metrics-filter-bar.tsx";
import { Targets } from "./targets.tsx";
import { useMetricsFilter } from "./use-metrics-filter.ts";

interface MetricsPageProps {
  /** What the server read for the first paint, and with which filter. */
  initial?: { filter: MetricsFilter; metrics: IncidentMetrics };
}

/** How fast incidents were seen, taken on, mitigated and resolved: against what was promised, and each one. */
export function MetricsPage({ initial }: MetricsPageProps) {
  const { filter } = useMetricsFilter();
  const isInitial = JSON.stringify(initial?.filter) === JSON.stringify(filter);
  const { data, error, refetch } = useQuery({
    ...incidentMetricsQuery(filter),
    initialData: isInitial ? initial?.metrics : undefined,
  });
  return (
    <>
      <MetricsFilterBar />
      {data ? <Metrics metrics={data} /> : <Waiting error={error} onRetry={() => void refetch()} />}
    </>
  );
}

function Waiting({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  if (!error) return <ListSkeleton rows={8} rowHeight="h-10" />;
  const problem = problemOf(error);
  if (problem.code === "forbidden") return <ForbiddenState problem={problem} />;
  return <ErrorState problem={problem} onRetry={onRetry} />;
}

function Metrics({ metrics }: { metrics: IncidentMetrics }) {
  if (metrics.all.incidents === 0) {
    return (
      <EmptyState title="No incident was detected in this time">
        Choose a longer time, or another severity or service.
      </EmptyState>
    );
  }
  return (
    <>
      <Targets targets={metrics.targets} />
      <DotsPanel metrics={metrics} />
      <Panel title={`${metrics.all.incidents} incidents by severity`}>
        <MetricTable
          by="Severity"
          rows={metrics.bySeverity.map((row) => ({
            ...row,
            key: row.severity,
            name: <SeverityChip severity={row.severity} />,
          }))}
        />
      </Panel>
      <Panel title="By service">
        <MetricTable
          by="Service"
          rows={metrics.byService.map((row) => ({
            ...row,
            key: row.service ?? "",
            name:
              row.service === null ? (
                <span className="text-faint">about no service</span>
              ) : (
                <EntityLink kind="services" name={row.service} />
              ),
          }))}
        />
      </Panel>
    </>
  );
}

function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section
      aria-label={title}
      className="rounded-panel border-line-soft bg-panel min-w-0 overflow-x-auto border px-4 py-3.5"
    >
      <h2 className="text-dim mb-2.5 font-medium">
        {title} <span className="text-small text-faint font-normal">median · p90 · mean</span>
      </h2>
      {children}
    </section>
  );
}
