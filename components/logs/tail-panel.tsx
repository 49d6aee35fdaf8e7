"use client";

import { Pause, Play } from "lucide-react";
import type { TailState } from "#lib/client/log-tail.ts";
import { MAX_TAIL_LINES, tailRate, type TailLines } from "#lib/client/tail-lines.ts";
import { dedupe } from "#lib/domain/logs/dedupe.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { formatFigure } from "#lib/format/figure.ts";
import { Card } from "#components/shell/card.tsx";
import { useNow } from "#components/shell/clock.ts";
import { EmptyState, ErrorState } from "#components/shell/states.tsx";
import { StatusBadge } from "#components/shell/status.tsx";
import { Button } from "#components/ui/button.tsx";
import { ListControls } from "./list-controls.tsx";
import { LogList } from "./log-list.tsx";
import type { LineActions } from "./line-details.tsx";
import { useLogTail } from "./use-log-tail.ts";
import { useLogView } from "./use-log-view.ts";

/** A query's lines as they arrive, newest first; whatever is left out on the way is counted. */
export function TailPanel({ query, actions }: { query: string; actions: LineActions }) {
  const { tail, connection, pause } = useLogTail(query);
  const { view } = useLogView();
  const shown = dedupe(tail.lines, view.dedupe);
  return (
    <Card title="Live" aside={<Rate tail={tail} connection={connection} />}>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <Button variant={tail.paused ? "primary" : "outline"} onClick={() => pause(!tail.paused)}>
          {tail.paused ? <Play size={13} aria-hidden="true" /> : <Pause size={13} aria-hidden="true" />}
          {tail.paused ? `Go on, ${countOf(tail.waiting.length, "line")} wait` : "Pause"}
        </Button>
        <p role="status" className="text-small text-dim">
          {leftOut(tail)}
        </p>
      </div>
      <ListControls lines={tail.lines} shown={shown.length} />
      {tail.lines.length === 0 ? (
        <Nothing connection={connection} />
      ) : (
        <LogList
          lines={shown}
          label="Live log lines"
          wrap={view.wrap}
          className="h-[max(24rem,calc(100dvh-14rem))]"
          actions={actions}
        />
      )}
    </Card>
  );
}

function leftOut({ letGo, droppedBySource, droppedHere, breaks }: TailLines): string {
  const parts = [
    droppedBySource > 0 && `${countOf(droppedBySource, "line")} dropped by Loki`,
    droppedHere > 0 && `${countOf(droppedHere, "line")} dropped on the way: they came too fast`,
    letGo > 0 && `${countOf(letGo, "older line")} let go, ${formatFigure(MAX_TAIL_LINES, "count")} are kept`,
    breaks > 0 && `lines may be missing from when the connection was lost (${countOf(breaks, "time")})`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? "Nothing was left out." : `${parts.join("; ")}.`;
}

function Rate({ tail, connection }: { tail: TailLines; connection: TailState }) {
  const nowMs = useNow();
  if (connection.state === "lost")
    return <StatusBadge status="warning">lost, trying again: {connection.reason}</StatusBadge>;
  if (connection.state !== "live") return <StatusBadge status="no_data">{connection.state}</StatusBadge>;
  const rate = nowMs === null ? 0 : tailRate(tail, nowMs);
  return <StatusBadge status="healthy">{formatFigure(rate, "count")} lines/s</StatusBadge>;
}

function Nothing({ connection }: { connection: TailState }) {
  if (connection.state === "refused") return <ErrorState problem={connection.problem} />;
  return (
    <EmptyState title={connection.state === "live" ? "No line yet" : "Connecting"}>
      Lines appear here as they are written.
    </EmptyState>
  );
}
