"use client";

import { usePanel } from "#components/shell/page-panels.tsx";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { nodesInWords, sortNodes } from "./node-order.ts";
import { NodeStrip } from "./node-strip.tsx";

const COLUMNS = "grid gap-x-10 gap-y-6 md:grid-cols-2 xl:grid-cols-3";

/** Every node of the cluster as a strip. */
export function NodeStripsPanel() {
  const view = usePanel("cluster.nodes");
  return (
    <PanelFrame
      anchor="nodes"
      title={view.state === "ready" && view.data.length > 0 ? nodesInWords(view.data) : "Nodes"}
      aside="24 h behind each figure"
      view={view}
      skeleton={<StripSkeletons />}
      empty={{ when: (nodes) => nodes.length === 0, state: <NoNodes /> }}
    >
      {(nodes) => (
        <div className={COLUMNS}>
          {sortNodes(nodes).map((node) => (
            <NodeStrip key={node.name} node={node} />
          ))}
        </div>
      )}
    </PanelFrame>
  );
}

function NoNodes() {
  return (
    <EmptyState title="No node has been found">
      Burnline reads node_exporter; check that Prometheus scrapes it on every node.
    </EmptyState>
  );
}

function StripSkeletons() {
  return (
    <div className={COLUMNS}>
      {["first", "second", "third"].map((strip) => (
        <Skeleton key={strip} className="h-33" />
      ))}
    </div>
  );
}
