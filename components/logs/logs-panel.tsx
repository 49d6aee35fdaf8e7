"use client";

import type { PanelView } from "#lib/client/panel-lines.ts";
import { logsPath } from "#lib/client/log-view.ts";
import type { LogLines } from "#lib/contracts/logs.ts";
import type { PanelName } from "#lib/contracts/panels.ts";
import type { TimeRange } from "#lib/contracts/time-range.ts";
import { logSelector } from "#lib/domain/logql/log-query.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { usePanel } from "#components/shell/page-panels.tsx";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { useTimeRange } from "#components/shell/use-time-range.ts";
import { Link } from "#components/ui/link.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { LinkedLines } from "./linked-lines.tsx";

interface LogsPanelProps {
  panel: Extract<PanelName, "service.logs" | "node.logs">;
  /** Whose logs they are. */
  of: string;
  traceUrl: string | null;
}

/** The newest log lines of a service or a node over the page's range. */
export function LogsPanel({ panel, of, traceUrl }: LogsPanelProps) {
  const view = usePanel(panel);
  const { range } = useTimeRange();
  const label = panel === "service.logs" ? "service" : "node";
  return (
    <LogsFrame title="Recent logs" view={view} labels={{ [label]: of }} range={range} traceUrl={traceUrl} />
  );
}

interface LogsFrameProps {
  title: string;
  view: PanelView<LogLines>;
  /** The labels that their streams carry. */
  labels: Record<string, string>;
  range: TimeRange;
  traceUrl: string | null;
}

/** A panel of log lines with the way to the Logs page, set to its labels and its time. */
export function LogsFrame({ title, view, labels, range, traceUrl }: LogsFrameProps) {
  const query = logSelector(labels);
  const of = Object.values(labels).join(" on ");
  const answer = view.state === "ready" ? view.data : null;
  return (
    <PanelFrame
      anchor="logs"
      title={answer && answer.lines.length > 0 ? `${title}, ${linesInWords(answer)}` : title}
      aside={
        <Link href={logsPath(query, range)} className="rounded-chip hover:text-ink underline">
          Open in Logs
        </Link>
      }
      view={view}
      skeleton={<ListSkeleton rows={8} rowHeight="h-6" />}
      empty={{ when: ({ lines }) => lines.length === 0, state: <NoLines of={of} /> }}
    >
      {({ lines }) => (
        <LinkedLines
          lines={lines}
          label={`${title} of ${of}`}
          query={query}
          range={range}
          traceUrl={traceUrl}
        />
      )}
    </PanelFrame>
  );
}

function linesInWords({ lines, limitReached }: LogLines): string {
  return limitReached ? `the newest ${countOf(lines.length, "line")} of more` : countOf(lines.length, "line");
}

function NoLines({ of }: { of: string }) {
  return (
    <EmptyState title="No log line in this range">
      Nothing was written under the label of {of}. Widen the time range, or check the labels its logs carry.
    </EmptyState>
  );
}
