"use client";

import type { NodeHealth } from "#lib/contracts/cluster.ts";
import { writeBytes, writeRatio } from "#lib/domain/words/figures.ts";
import { Meter } from "#components/charts/meter.tsx";
import { levelColor } from "#components/shell/level-color.ts";
import { usePanel } from "#components/shell/page-panels.tsx";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { DataTable, type Column } from "#components/ui/data-table.tsx";
import { Figure } from "#components/ui/figure.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { forecast } from "./gauge-rows.ts";
import { meterColor } from "./meter-color.ts";

type Filesystem = NodeHealth["filesystems"][number];
const NOT_REPORTED = "Not reported for this filesystem";

const COLUMNS: readonly Column<Filesystem>[] = [
  {
    key: "mountpoint",
    header: "Mounted on",
    sortBy: (row) => row.mountpoint,
    cell: (row) => <span className="font-mono break-all">{row.mountpoint}</span>,
  },
  { key: "used", header: "Used", sortBy: (row) => row.usedRatio, cell: (row) => <Used row={row} /> },
  {
    key: "available",
    header: "Free",
    align: "end",
    sortBy: (row) => row.availableBytes,
    cell: (row) => <Bytes value={row.availableBytes} />,
  },
  {
    key: "size",
    header: "Size",
    align: "end",
    sortBy: (row) => row.sizeBytes,
    cell: (row) => <Bytes value={row.sizeBytes} />,
  },
  {
    key: "growth",
    header: "Growth a day",
    align: "end",
    sortBy: (row) => row.growthBytesPerDay,
    cell: (row) => <Bytes value={row.growthBytesPerDay} />,
  },
  {
    key: "full",
    header: "Forecast",
    align: "end",
    cell: (row) => <span className={levelColor(row.level)}>{forecast(row.fullInDays) ?? "not filling"}</span>,
  },
];

/** A node's filesystems, fullest first, each with its forecast. */
export function FilesystemsTable() {
  const view = usePanel("node.health");
  return (
    <PanelFrame
      anchor="filesystem-table"
      title="Filesystems"
      aside="fullest first"
      view={view}
      skeleton={<ListSkeleton rows={2} rowHeight="h-9" />}
      empty={{ when: ({ filesystems }) => filesystems.length === 0, state: <NoFilesystems /> }}
    >
      {({ filesystems }) => (
        <DataTable
          label="Filesystems"
          columns={COLUMNS}
          rows={filesystems}
          rowKey={(row) => row.mountpoint}
          initialSort={{ key: "used", direction: "descending" }}
        />
      )}
    </PanelFrame>
  );
}

function NoFilesystems() {
  return (
    <EmptyState title="No filesystem is reported">Burnline reads node_exporter on this node.</EmptyState>
  );
}

function Used({ row }: { row: Filesystem }) {
  return (
    <span className="flex items-center gap-2">
      <Meter ratio={row.usedRatio} label={`${row.mountpoint} used`} color={meterColor(row.level)} />
      <Figure
        text={writeRatio(row.usedRatio)}
        why={row.usedRatio === null ? NOT_REPORTED : null}
        className={levelColor(row.level)}
      />
    </span>
  );
}

function Bytes({ value }: { value: number | null }) {
  return <Figure text={writeBytes(value)} why={value === null ? NOT_REPORTED : null} />;
}
