"use client";

import type { NodeHealth } from "#lib/contracts/cluster.ts";
import type { Status } from "#lib/domain/status/status.ts";
import { usePanel } from "#components/shell/page-panels.tsx";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { StatusBadge } from "#components/shell/status.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";

type Condition = NodeHealth["conditions"][number];

/** What Kubernetes says of the node: Ready, and the pressures. */
export function ConditionsPanel() {
  const view = usePanel("node.health");
  return (
    <PanelFrame
      anchor="conditions"
      title="Conditions"
      aside="as Kubernetes reports them"
      view={view}
      skeleton={<ListSkeleton rows={4} rowHeight="h-8" />}
      empty={{ when: ({ conditions }) => conditions.length === 0, state: <NoConditions /> }}
    >
      {({ conditions }) => (
        <ul>
          {conditions.map((condition) => (
            <li
              key={condition.type}
              className="border-line-soft flex min-h-8 items-center justify-between gap-3 border-t first:border-t-0"
            >
              {condition.type}
              <StatusBadge status={statusOf(condition)}>{condition.status}</StatusBadge>
            </li>
          ))}
        </ul>
      )}
    </PanelFrame>
  );
}

function statusOf({ bad, status }: Condition): Status {
  if (status === "unknown") return "no_data";
  return bad ? "critical" : "healthy";
}

function NoConditions() {
  return (
    <EmptyState title="Kubernetes does not report on this node">
      It is no node of the cluster, or kube-state-metrics is not scraped.
    </EmptyState>
  );
}
