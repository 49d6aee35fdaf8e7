"use client";

import dynamic from "next/dynamic";
import type { PageSpec } from "#lib/client/page-spec.ts";
import type { PanelLines } from "#lib/client/panel-lines.ts";
import type { LogLine } from "#lib/contracts/logs.ts";
import { lineAddress } from "#lib/domain/logs/line-address.ts";
import type { Picks } from "#lib/domain/logql/edit-query.ts";
import { Page } from "#components/shell/page.tsx";
import { FoundPanel } from "./found-panel.tsx";
import type { LineActions } from "./line-details.tsx";
import { LinesPanel } from "./lines-panel.tsx";
import { logsPage } from "./logs-spec.ts";
import { QueryBar } from "./query-bar.tsx";
import { TailPanel } from "./tail-panel.tsx";
import { useLogView } from "./use-log-view.ts";
import { useQueryEditing } from "./use-query-editing.ts";
import { VolumePanel } from "./volume-panel.tsx";

const ContextDialog = dynamic(() => import("./context-dialog.tsx").then((module) => module.ContextDialog));

interface LogsPageProps {
  /** What the server asked and was answered, for the first paint. */
  initial: { spec: PageSpec; lines: PanelLines; picks: Picks | null };
  traceUrl: string | null;
}

/** Logs: a query written by pickers or by hand, its volume by level, and its lines, past or live. */
export function LogsPage({ initial, traceUrl }: LogsPageProps) {
  const { view, setView } = useLogView();
  const spec = logsPage(view.q, view.limit);
  // The server's lines are those of its own query; that of another one is asked by the browser.
  const same = JSON.stringify(spec) === JSON.stringify(initial.spec);
  const ask = (q: string) => void setView({ q: q || null, line: null }, { history: "push" });
  const editing = useQueryEditing(view.q, initial.picks, ask);
  const actions: LineActions = {
    onFilter: (filter) => editing.edit(({ addFieldFilter }, q) => addFieldFilter(q, filter)),
    onContext: (line) => void setView({ line: lineAddress(line) }, { history: "push" }),
    linkTo,
    traceUrl,
  };
  return (
    <Page title="Logs" spec={same ? initial.spec : spec} {...(same && { initial: initial.lines })}>
      <QueryBar query={view.q} onQuery={ask} editing={editing} />
      {view.live ? (
        <TailPanel query={view.q} actions={actions} />
      ) : (
        <>
          <VolumePanel editing={editing} />
          <LinesPanel actions={actions} />
          <FoundPanel query={view.q} editing={editing} />
        </>
      )}
      {view.line !== null && (
        <ContextDialog
          key={view.line}
          address={view.line}
          query={view.q}
          wrap={view.wrap}
          actions={{ ...actions, onContext: undefined }}
          onClose={() => void setView({ line: null })}
        />
      )}
    </Page>
  );
}

/** The page as it is, with the line opened in its context. */
function linkTo(line: LogLine): string {
  const url = new URL(window.location.href);
  url.searchParams.set("line", lineAddress(line));
  url.searchParams.delete("live");
  url.hash = "";
  return url.href;
}
