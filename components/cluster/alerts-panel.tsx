"use client";

import { usePanel } from "#components/shell/page-panels.tsx";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { countOf } from "#lib/domain/words/language.ts";
import { AlertList } from "./alert-list.tsx";
import { sortAlerts } from "./alert-order.ts";

/** The alerts that fire now. */
export function AlertsPanel() {
  const view = usePanel("cluster.alerts");
  const firing = view.state === "ready" ? sortAlerts(view.data).troubles.length : null;
  const whole = view.state === "ready" && view.stale === null && !view.partial;
  return (
    <PanelFrame
      anchor="alerts"
      title={titleOf(firing, whole)}
      view={view}
      skeleton={<ListSkeleton rows={2} rowHeight="h-14" />}
    >
      {(alerts) => <AlertList alerts={alerts} whole={whole} />}
    </PanelFrame>
  );
}

function titleOf(firing: number | null, whole: boolean): string {
  if (firing === null) return "Firing alerts";
  if (firing === 0 && !whole) return "No alert known to fire";
  return firing === 0 ? "No alert firing" : `${countOf(firing, "alert")} firing`;
}
