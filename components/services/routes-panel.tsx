"use client";

import type { PanelData } from "#lib/contracts/panels.ts";
import { formatFigure } from "#lib/format/figure.ts";
import { usePanel } from "#components/shell/page-panels.tsx";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { DataTable, type Column } from "#components/ui/data-table.tsx";
import { Figure } from "#components/ui/figure.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";

type Route = PanelData<"service.routes">[number];

const missing = (value: number | null) =>
  value === null ? "No requests on this route in the last minutes" : null;

const COLUMNS: readonly Column<Route>[] = [
  {
    key: "route",
    header: "Route",
    sortBy: (row) => row.route,
    cell: (row) => (
      <span className="break-all">
        <span className="text-small text-faint mr-2">{row.method}</span>
        {row.route}
      </span>
    ),
  },
  {
    key: "traffic",
    header: "Traffic",
    align: "end",
    sortBy: (row) => row.requestsPerSecond,
    cell: (row) => (
      <Figure text={formatFigure(row.requestsPerSecond, "perSecond")} why={missing(row.requestsPerSecond)} />
    ),
  },
  {
    key: "errors",
    header: "Errors",
    align: "end",
    sortBy: (row) => row.errorRatio,
    cell: (row) => <Figure text={formatFigure(row.errorRatio, "ratio")} why={missing(row.errorRatio)} />,
  },
  {
    key: "p95",
    header: "p95",
    align: "end",
    sortBy: (row) => row.p95Seconds,
    cell: (row) => <Figure text={formatFigure(row.p95Seconds, "seconds")} why={missing(row.p95Seconds)} />,
  },
];

/** The service's routes, busiest first: traffic, errors and p95 of each. */
export function RoutesPanel() {
  const view = usePanel("service.routes");
  return (
    <PanelFrame
      anchor="routes"
      title="Routes"
      aside="busiest first"
      view={view}
      skeleton={<ListSkeleton rows={4} rowHeight="h-9" />}
      empty={{ when: (routes) => routes.length === 0, state: <NoRoutes /> }}
    >
      {(routes) => (
        <DataTable
          label="Routes"
          columns={COLUMNS}
          rows={routes}
          rowKey={(row) => `${row.method} ${row.route}`}
          initialSort={{ key: "traffic", direction: "descending" }}
        />
      )}
    </PanelFrame>
  );
}

function NoRoutes() {
  return (
    <EmptyState title="No route is told apart">
      The request counter has no route label, or nothing was asked. Name the label in the catalogue entry.
    </EmptyState>
  );
}
