"use client";

import type { NodeHealth } from "#lib/contracts/cluster.ts";
import { entityPath } from "#lib/client/entity-path.ts";
import { STATUSES, type Level } from "#lib/domain/status/status.ts";
import { writeBytesPerSecond, writeRatio, writeSeconds } from "#lib/domain/words/figures.ts";
import { BudgetBar } from "#components/charts/budget-bar.tsx";
import { levelColor } from "#components/shell/level-color.ts";
import { usePanel } from "#components/shell/page-panels.tsx";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { StatusBadge } from "#components/shell/status.tsx";
import { useTimeRange } from "#components/shell/use-time-range.ts";
import { DataTable, type Column } from "#components/ui/data-table.tsx";
import { Figure } from "#components/ui/figure.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { withoutLeftovers } from "./down-node.ts";
import { forecast } from "./gauge-rows.ts";

interface Cell {
  value: number | null;
  text: string;
  level: Level;
}

function gaugeColumn(key: string, header: string, read: (row: NodeHealth) => Cell): Column<NodeHealth> {
  return {
    key,
    header,
    align: "end",
    sortBy: (row) => read(row).value,
    cell: (row) => {
      const { value, text, level } = read(row);
      const why = value === null ? `No ${header.toLowerCase()} figure: ${whyMissing(row)}` : null;
      return <Figure text={text} why={why} className={levelColor(level)} />;
    },
  };
}

const whyMissing = ({ name, up }: NodeHealth) => (up === false ? `${name} is down` : "nothing reports it");
const ratioCell = ({ ratio, level }: { ratio: number | null; level: Level }): Cell => ({
  value: ratio,
  text: writeRatio(ratio),
  level,
});

const COLUMNS: readonly Column<NodeHealth>[] = [
  { key: "name", header: "Node", cell: (row) => <NodeName row={row} />, sortBy: (row) => row.name },
  {
    key: "status",
    header: "Status",
    beside: true,
    cell: (row) => <StatusBadge status={row.status}>{row.up === false ? "down" : undefined}</StatusBadge>,
    sortBy: (row) => -STATUSES.indexOf(row.status),
  },
  {
    key: "budget",
    header: "Budget",
    sortBy: (row) => row.budgets[0]?.budgetRemainingRatio ?? null,
    cell: ({ budgets: [worst] }) =>
      worst ? <BudgetBar budget={worst} /> : <Figure text="—" why="No SLO speaks for this node" />,
  },
  gaugeColumn("cpu", "CPU", ({ cpu }) => ratioCell(cpu)),
  gaugeColumn("memory", "Memory", ({ memory }) => ratioCell(memory)),
  gaugeColumn("disk", "Fullest disk", ({ disk }) => ratioCell(disk)),
  {
    key: "forecast",
    header: "Forecast",
    sortBy: (row) => row.disk.fullInDays,
    cell: ({ disk }) => (
      <span className="text-dim">
        {forecast(disk.fullInDays) ?? (disk.ratio === null ? "—" : "not filling")}
        {disk.mountpoint !== null && (
          <span className="text-small text-faint ml-1.5 max-sm:hidden">{disk.mountpoint}</span>
        )}
      </span>
    ),
  },
  gaugeColumn("diskIo", "Disk I/O", ({ diskIo }) => ratioCell(diskIo)),
  gaugeColumn("network", "Network", ({ network }) => ({
    value: network.bytesPerSecond,
    text: writeBytesPerSecond(network.bytesPerSecond),
    level: network.level,
  })),
  {
    key: "uptime",
    header: "Uptime",
    align: "end",
    sortBy: (row) => row.uptimeSeconds,
    cell: (row) => (
      <Figure
        text={writeSeconds(row.uptimeSeconds)}
        why={row.uptimeSeconds === null ? whyMissing(row) : null}
      />
    ),
  },
];

/** All nodes, worst first. */
export function NodesTable() {
  const view = usePanel("cluster.nodes");
  const { range } = useTimeRange();
  return (
    <PanelFrame
      anchor="all-nodes"
      title="All nodes"
      aside="worst first"
      view={view}
      skeleton={<ListSkeleton rows={4} rowHeight="h-9" />}
      empty={{ when: (nodes) => nodes.length === 0, state: <NoNodes /> }}
    >
      {(nodes) => (
        <DataTable
          label="Nodes"
          columns={COLUMNS}
          rows={nodes.map(withoutLeftovers)}
          rowKey={(row) => row.name}
          href={(row) => entityPath("nodes", row.name, range)}
        />
      )}
    </PanelFrame>
  );
}

function NodeName({ row }: { row: NodeHealth }) {
  return (
    <span className="break-words">
      {row.name}
      {row.role !== null && <span className="text-small text-faint ml-1.5 font-normal">{row.role}</span>}
    </span>
  );
}

function NoNodes() {
  return (
    <EmptyState title="No node has been found">
      Burnline reads node_exporter; check that Prometheus scrapes it on every node.
    </EmptyState>
  );
}
