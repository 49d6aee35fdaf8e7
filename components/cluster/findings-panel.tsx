"use client";

import { usePanel } from "#components/shell/page-panels.tsx";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { FindingList } from "./finding-list.tsx";

/** What needs attention, ranked. */
export function FindingsPanel() {
  const view = usePanel("cluster.findings");
  return (
    <PanelFrame
      anchor="attention"
      title="What needs attention"
      view={view}
      skeleton={<ListSkeleton rows={4} rowHeight="h-14" />}
    >
      {(findings) => <FindingList findings={findings} />}
    </PanelFrame>
  );
}
