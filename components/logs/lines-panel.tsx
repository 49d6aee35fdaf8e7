"use client";

import type { LogLines } from "#lib/contracts/logs.ts";
import { dedupe } from "#lib/domain/logs/dedupe.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { usePanel } from "#components/shell/page-panels.tsx";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { useTimeRange } from "#components/shell/use-time-range.ts";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { LinesFoot } from "./lines-foot.tsx";
import type { LineActions } from "./line-details.tsx";
import { ListControls } from "./list-controls.tsx";
import { LogList } from "./log-list.tsx";
import { useLogView } from "./use-log-view.ts";
import { useOlderLines } from "./use-older-lines.ts";
import { totalLines } from "./volume-sums.ts";

interface LinesPanelProps {
  actions: LineActions;
}

/** The lines of the page's query, newest first, with a way to older ones. */
export function LinesPanel({ actions }: LinesPanelProps) {
  const view = usePanel("query.logs");
  const { view: wanted } = useLogView();
  const { range } = useTimeRange();
  const answer = view.state === "ready" ? view.data : null;
  return (
    <PanelFrame
      anchor="lines"
      title={answer ? titleOf(answer) : "Lines"}
      view={view}
      skeleton={<ListSkeleton rows={20} rowHeight="h-5.5" />}
      empty={{ when: ({ lines }) => lines.length === 0, state: <NoLine /> }}
    >
      {(newest) => (
        <Lines
          key={`${wanted.q} ${JSON.stringify(range)} ${wanted.limit}`}
          newest={newest}
          actions={actions}
        />
      )}
    </PanelFrame>
  );
}

function Lines({ newest, actions }: LinesPanelProps & { newest: LogLines }) {
  const { view: wanted } = useLogView();
  const { range } = useTimeRange();
  const volume = usePanel("query.log-volume");
  const older = useOlderLines(newest, wanted.q, range, wanted.limit);
  const shown = dedupe(older.lines, wanted.dedupe);
  const inAll = volume.state === "ready" && !volume.superseded ? totalLines(volume.data) : null;
  return (
    <>
      <ListControls lines={older.lines} shown={shown.length} />
      <LogList
        lines={shown}
        label="Log lines"
        wrap={wanted.wrap}
        marked={wanted.line ?? undefined}
        className="h-[max(24rem,calc(100dvh-14rem))]"
        actions={actions}
      />
      <LinesFoot older={older} limit={wanted.limit} inAll={inAll} />
    </>
  );
}

function titleOf({ lines, limitReached }: LogLines): string {
  const count = countOf(lines.length, "line");
  return limitReached ? `The newest ${count} of more` : count;
}

function NoLine() {
  return (
    <EmptyState title="No line in this range">
      The source answered, and nothing matches. Widen the time range, take a filter away, or check the labels
      that the logs carry.
    </EmptyState>
  );
}
