"use client";

import type { ReactNode } from "react";
import type { NodeHealth } from "#lib/contracts/cluster.ts";
import { SeriesPanel, type SeriesPanelName } from "#components/charts/series-panel.tsx";
import { usePanel } from "#components/shell/page-panels.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { withoutLeftovers } from "./down-node.ts";
import {
  cpuTitle,
  diskIoTitle,
  filesystemsTitle,
  loadTitle,
  memoryTitle,
  networkTitle,
  temperatureTitle,
} from "./node-titles.ts";

interface Chart {
  panel: SeriesPanelName;
  name: string;
  title: (node: NodeHealth) => string;
  aside?: string;
}

const CHARTS: readonly Chart[] = [
  { panel: "node.cpu", name: "CPU", title: cpuTitle, aside: "per mode" },
  { panel: "node.load", name: "Load", title: loadTitle, aside: "against cores" },
  { panel: "node.memory", name: "Memory", title: memoryTitle },
  { panel: "node.filesystems", name: "Filesystems", title: filesystemsTitle, aside: "used" },
  { panel: "node.disk-io", name: "Disk I/O", title: diskIoTitle },
  { panel: "node.network", name: "Network", title: networkTitle, aside: "receive and transmit" },
];

/** A node's resources over time; `children` stand in the same grid after them. */
export function NodeCharts({ node, children }: { node: string; children: ReactNode }) {
  const view = usePanel("node.health");
  const health = view.state === "ready" ? withoutLeftovers(view.data) : null;
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      {CHARTS.map(({ panel, name, title, aside }) => (
        <SeriesPanel
          key={panel}
          panel={panel}
          title={health ? title(health) : name}
          label={`${name} of ${node}`}
          aside={aside}
        />
      ))}
      <SeriesPanel
        panel="node.temperature"
        title={health ? temperatureTitle(health) : "Temperature"}
        label={`Temperature of ${node}`}
        empty={
          <EmptyState title="No temperature is reported">
            This node has no sensor that node_exporter reads, or it does not report.
          </EmptyState>
        }
      />
      {children}
    </div>
  );
}
