"use client";

import type { PanelName } from "#lib/contracts/panels.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { usePanel } from "#components/shell/page-panels.tsx";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { LogLines } from "./log-lines.tsx";

interface LogsPanelProps {
  panel: Extract<PanelName, "service.logs" | "node.logs">;
  /** Whose logs they are. */
  of: string;
}

/** The newest log lines of a service or a node. */
export function LogsPanel({ panel, of }: LogsPanelProps) {
  const view = usePanel(panel);
  const answer = view.state === "ready" ? view.data : null;
  return (
    <PanelFrame
      anchor="logs"
      title={answer && answer.lines.length > 0 ? `Recent logs, ${linesInWords(answer)}` : "Recent logs"}
      view={view}
      skeleton={<ListSkeleton rows={8} rowHeight="h-6" />}
      empty={{ when: ({ lines }) => lines.length === 0, state: <NoLines of={of} /> }}
    >
      {({ lines }) => <LogLines lines={lines} label={`Recent logs of ${of}`} />}
    </PanelFrame>
  );
}

function linesInWords({ lines, limitReached }: { lines: readonly unknown[]; limitReached: boolean }): string {
  return limitReached ? `the newest ${countOf(lines.length, "line")} of more` : countOf(lines.length, "line");
}

function NoLines({ of }: { of: string }) {
  return (
    <EmptyState title="No log line in this range">
      Nothing was written under the label of {of}. Widen the time range, or check the labels its logs carry.
    </EmptyState>
  );
}
