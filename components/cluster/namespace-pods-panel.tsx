"use client";

import { countOf } from "#lib/domain/words/language.ts";
import { usePanel } from "#components/shell/page-panels.tsx";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { podsInWords } from "./namespace-order.ts";
import { NamespacePodsTable } from "./namespace-pods-table.tsx";

/** The cluster's pods by namespace. */
export function NamespacePodsPanel() {
  const view = usePanel("cluster.pods");
  const namespaces = view.state === "ready" ? view.data : null;
  return (
    <PanelFrame
      anchor="pods"
      title={namespaces?.length ? podsInWords(namespaces) : "Pods"}
      aside={namespaces && countOf(namespaces.length, "namespace")}
      view={view}
      skeleton={<ListSkeleton rows={4} rowHeight="h-9" />}
    >
      {(rows) => <NamespacePodsTable namespaces={rows} />}
    </PanelFrame>
  );
}
