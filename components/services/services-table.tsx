"use client";

import type { ServiceHealth } from "#lib/contracts/cluster.ts";
import type { Unit } from "#lib/contracts/series.ts";
import { STATUSES, type Level } from "#lib/domain/status/status.ts";
import { formatFigure } from "#lib/format/figure.ts";
import { entityPath } from "#lib/client/entity-path.ts";
import { EntityLink } from "#components/shell/entity-link.tsx";
import { BudgetBar } from "#components/charts/budget-bar.tsx";
import { levelColor } from "#components/shell/level-color.ts";
import { StatusBadge } from "#components/shell/status.tsx";
import { useTimeRange } from "#components/shell/use-time-range.ts";
import { DataTable, type Column } from "#components/ui/data-table.tsx";
import { Figure } from "#components/ui/figure.tsx";
import { batchInWords } from "./batch-words.ts";
import { WORD_OF_TIER } from "./service-words.ts";

type Signal = "latency" | "traffic" | "errors" | "saturation";
type Signals = ServiceHealth["signals"];
const UNIT_OF_SIGNAL: Record<Signal, Unit> = {
  latency: "seconds",
  traffic: "perSecond",
  errors: "ratio",
  saturation: "ratio",
};
const FIGURE_OF_SIGNAL: { [S in Signal]: (signal: Signals[S]) => number | null } = {
  latency: ({ p99Seconds }) => p99Seconds,
  traffic: ({ requestsPerSecond }) => requestsPerSecond,
  errors: ({ ratio }) => ratio,
  saturation: ({ ratio }) => ratio,
};

function signalColumn<S extends Signal>(key: S, header: string): Column<ServiceHealth> {
  const figure = ({ signals }: ServiceHealth) => FIGURE_OF_SIGNAL[key](signals[key]);
  return {
    key,
    header,
    align: "end",
    sortBy: figure,
    cell: (row) => (
      <SignalFigure signal={row.signals[key]} text={formatFigure(figure(row), UNIT_OF_SIGNAL[key])} />
    ),
  };
}

const COLUMNS: readonly Column<ServiceHealth>[] = [
  { key: "name", header: "Service", cell: (row) => <ServiceName row={row} />, sortBy: (row) => row.name },
  {
    key: "status",
    header: "Status",
    beside: true,
    cell: (row) => <StatusBadge status={row.status} />,
    sortBy: (row) => -STATUSES.indexOf(row.status),
  },
  signalColumn("latency", "p99"),
  signalColumn("traffic", "Traffic"),
  signalColumn("errors", "Errors"),
  signalColumn("saturation", "Saturation"),
  {
    key: "budget",
    header: "Budget",
    sortBy: (row) => row.budgets[0]?.budgetRemainingRatio ?? null,
    cell: ({ budgets: [worst] }) =>
      worst ? <BudgetBar budget={worst} /> : <Figure text="—" why="No SLO speaks for this service" />,
  },
];

const PLACE_COLUMNS: readonly Column<ServiceHealth>[] = [
  { key: "nodes", header: "Nodes", cell: (row) => <NodeLinks nodes={row.nodes} />, wide: true },
  {
    key: "team",
    header: "Team",
    cell: (row) => <Dim text={row.team} />,
    sortBy: (row) => row.team,
    wide: true,
  },
  { key: "version", header: "Version", cell: (row) => <Dim text={row.version} />, wide: true },
];
const WIDE_COLUMNS = [...COLUMNS, ...PLACE_COLUMNS];

interface ServicesTableProps {
  services: readonly ServiceHealth[];
  /** Also says where each service runs and whose it is. */
  wide?: boolean;
}

/** Services with their golden signals, worst first until a header is clicked; batch services with their last success. */
export function ServicesTable({ services, wide = false }: ServicesTableProps) {
  const { range } = useTimeRange();
  return (
    <DataTable
      label="Services with their golden signals"
      columns={wide ? WIDE_COLUMNS : COLUMNS}
      rows={services}
      rowKey={(row) => row.name}
      href={(row) => entityPath("services", row.name, range)}
    />
  );
}

function ServiceName({ row }: { row: ServiceHealth }) {
  return (
    <span className="break-words">
      {row.name}
      {row.tier !== null && (
        <span className="text-small text-faint ml-1.5 font-normal">{WORD_OF_TIER[row.tier]}</span>
      )}
      {row.batch && (
        <span className={`text-small block font-normal ${levelColor(row.batch.level) || "text-faint"}`}>
          {batchInWords(row.batch)}
        </span>
      )}
    </span>
  );
}

function SignalFigure({ signal, text }: { signal: { level: Level; reason: string }; text: string }) {
  return <Figure text={text} why={signal.reason} className={levelColor(signal.level)} />;
}

function NodeLinks({ nodes }: { nodes: readonly string[] }) {
  if (nodes.length === 0) return <Figure text="—" why="No node is known for this service" />;
  return (
    <span className="flex flex-wrap gap-x-2">
      {nodes.map((node) => (
        <EntityLink key={node} kind="nodes" name={node} className="text-dim" />
      ))}
    </span>
  );
}

function Dim({ text }: { text: string | null }) {
  return text === null ? <Figure text="—" why="Not known" /> : <span className="text-dim">{text}</span>;
}
