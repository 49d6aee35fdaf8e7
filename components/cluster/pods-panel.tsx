"use client";

import type { PanelName, PodRow } from "#lib/contracts/panels.ts";
import { formatFigure } from "#lib/format/figure.ts";
import { EntityLink } from "#components/shell/entity-link.tsx";
import { usePanel } from "#components/shell/page-panels.tsx";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { StatusBadge } from "#components/shell/status.tsx";
import { DataTable, type Column } from "#components/ui/data-table.tsx";
import { Figure } from "#components/ui/figure.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { levelOfUse, podState, restartsInWords } from "./pod-state.ts";

const NAME: Column<PodRow> = {
  key: "pod",
  header: "Pod",
  sortBy: (row) => row.pod,
  cell: (row) => (
    <span className="break-all">
      {row.pod}
      <span className="text-small text-faint ml-2">{row.namespace}</span>
    </span>
  ),
};
const NODE: Column<PodRow> = {
  key: "node",
  header: "Node",
  sortBy: (row) => row.node,
  cell: (row) =>
    row.node === null ? (
      <Figure text="—" why="Not on a node yet" />
    ) : (
      <EntityLink kind="nodes" name={row.node} />
    ),
};
const FIGURES: readonly Column<PodRow>[] = [
  { key: "state", header: "State", beside: true, cell: (row) => <PodState row={row} /> },
  {
    key: "restarts",
    header: "Restarts 24 h",
    align: "end",
    sortBy: (row) => row.restartsLastDay,
    cell: (row) => <Figure {...restartsInWords(row.restartsLastDay)} />,
  },
  {
    key: "cpu",
    header: "CPU",
    align: "end",
    sortBy: (row) => row.cpuCores,
    cell: (row) => (
      <Use text={formatFigure(row.cpuCores, "cores")} value={row.cpuCores} ratio={row.cpuLimitRatio} />
    ),
  },
  {
    key: "memory",
    header: "Memory",
    align: "end",
    sortBy: (row) => row.memoryBytes,
    cell: (row) => (
      <Use
        text={formatFigure(row.memoryBytes, "bytes")}
        value={row.memoryBytes}
        ratio={row.memoryLimitRatio}
      />
    ),
  },
];

interface PodsPanelProps {
  panel: Extract<PanelName, "service.pods" | "node.pods">;
  title: string;
}

/** Pods with their state and use, the greatest consumer first. */
export function PodsPanel({ panel, title }: PodsPanelProps) {
  const view = usePanel(panel);
  const columns = panel === "node.pods" ? [NAME, ...FIGURES] : [NAME, NODE, ...FIGURES];
  return (
    <PanelFrame
      anchor="pods"
      title={title}
      aside="most CPU first"
      view={view}
      skeleton={<ListSkeleton rows={3} rowHeight="h-9" />}
      empty={{ when: (pods) => pods.length === 0, state: <NoPods /> }}
    >
      {(pods) => (
        <DataTable
          label={title}
          columns={columns}
          rows={pods}
          rowKey={(row) => `${row.namespace}/${row.pod}`}
          initialSort={{ key: "cpu", direction: "descending" }}
        />
      )}
    </PanelFrame>
  );
}

function NoPods() {
  return (
    <EmptyState title="No pod is reported here">
      Burnline reads kube-state-metrics and cAdvisor; what runs outside Kubernetes has no pods.
    </EmptyState>
  );
}

function PodState({ row }: { row: PodRow }) {
  const { status, word } = podState(row);
  return <StatusBadge status={status}>{word}</StatusBadge>;
}

function Use({ text, value, ratio }: { text: string; value: number | null; ratio: number | null }) {
  if (value === null) return <Figure text="—" why="No usage is reported for this pod" />;
  const ofLimit = ratio === null ? "no limit" : formatFigure(ratio, "ratio");
  const why = ratio === null ? "This pod has no limit to compare with" : "of its limit";
  return (
    <span className="text-right">
      {text}
      <Figure
        text={ofLimit}
        why={why}
        className={`text-small ml-2 inline-block sm:min-w-12 ${levelOfUse(ratio) || "text-faint"}`}
      />
    </span>
  );
}
