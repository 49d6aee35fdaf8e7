import type { NamespacePods } from "#lib/contracts/cluster.ts";
import { formatFigure } from "#lib/format/figure.ts";
import { EmptyState } from "#components/shell/states.tsx";
import { DataTable, type Column } from "#components/ui/data-table.tsx";
import { Figure } from "#components/ui/figure.tsx";
import { notRunning, sortNamespaces, whyNotReady } from "./namespace-order.ts";

const COLUMNS: readonly Column<NamespacePods>[] = [
  { key: "namespace", header: "Namespace", cell: (row) => <NamespaceName row={row} /> },
  { key: "ready", header: "Ready", align: "end", cell: (row) => <Ready row={row} /> },
  {
    key: "notRunning",
    header: "Not running",
    align: "end",
    cell: (row) => <Trouble count={notRunning(row.phases)} />,
  },
  {
    key: "restarts",
    header: "Restarts 24 h",
    align: "end",
    cell: (row) => <Trouble count={row.restartsLastDay} />,
  },
];

/** Pods by namespace: how many are ready, which are not, how often they restarted. */
export function NamespacePodsTable({ namespaces }: { namespaces: readonly NamespacePods[] }) {
  if (namespaces.length === 0) {
    return (
      <EmptyState title="No pods are reported">
        Burnline reads kube-state-metrics; check that Prometheus scrapes it.
      </EmptyState>
    );
  }
  return (
    <DataTable
      label="Pods by namespace"
      columns={COLUMNS}
      rows={sortNamespaces(namespaces)}
      rowKey={(row) => row.namespace}
    />
  );
}

const NAMED = 5;

function NamespaceName({ row }: { row: NamespacePods }) {
  const more = row.notReady.length - NAMED;
  return (
    <span className="min-w-0">
      {row.namespace}
      {row.notReady.slice(0, NAMED).map((pod) => (
        <span key={pod.pod} className="text-small text-warning block break-all">
          {pod.pod}
          <span className="text-faint"> {whyNotReady(pod)}</span>
        </span>
      ))}
      {more > 0 && <span className="text-small text-faint block">and {more} more</span>}
    </span>
  );
}

function Ready({ row }: { row: NamespacePods }) {
  return (
    <span className={row.ready < row.total ? "text-warning" : ""}>
      {row.ready}/{row.total}
    </span>
  );
}

function Trouble({ count }: { count: number | null }) {
  const whole = count === null ? null : Math.round(count);
  const why = whole === null ? "Nothing counts this for the namespace" : null;
  const color = whole !== null && whole > 0 ? "text-warning" : "";
  return <Figure text={formatFigure(whole, "count")} why={why} className={color} />;
}
