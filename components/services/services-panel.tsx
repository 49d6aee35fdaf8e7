"use client";

import type { PanelName } from "#lib/contracts/panels.ts";
import { usePanel } from "#components/shell/page-panels.tsx";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { servicesInWords } from "./service-words.ts";
import { ServicesTable } from "./services-table.tsx";

interface ServicesPanelProps {
  panel: Extract<PanelName, "cluster.services" | "node.services">;
  className?: string;
}

/** Services with their golden signals, worst first: those of the cluster, or those of a node. */
export function ServicesPanel({ panel, className }: ServicesPanelProps) {
  const view = usePanel(panel);
  return (
    <PanelFrame
      anchor="services"
      title={view.state === "ready" && view.data.length > 0 ? servicesInWords(view.data) : "Services"}
      aside="worst first"
      view={view}
      skeleton={<ListSkeleton rows={9} rowHeight="h-10" />}
      className={className}
    >
      {(services) =>
        services.length === 0 ? <NoServices panel={panel} /> : <ServicesTable services={services} />
      }
    </PanelFrame>
  );
}

function NoServices({ panel }: Pick<ServicesPanelProps, "panel">) {
  if (panel === "node.services") {
    return (
      <EmptyState title="No service runs here">No service names this node in its metrics or pods.</EmptyState>
    );
  }
  return (
    <EmptyState title="No service has been found">
      Burnline finds services by the label of their request counters. Check that Prometheus scrapes them.
    </EmptyState>
  );
}
