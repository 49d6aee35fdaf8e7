"use client";

import type { ReactNode } from "react";
import type { LogLines } from "#lib/contracts/logs.ts";
import type { SeriesData } from "#lib/contracts/series.ts";
import type { QueryBlock } from "#lib/domain/runbooks/query-block.ts";
import { formatFigure } from "#lib/format/figure.ts";
import { TimeSeries } from "#components/charts/time-series.tsx";
import { usePanel } from "#components/shell/page-panels.tsx";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { useTimeRange } from "#components/shell/use-time-range.ts";
import { EmptyState } from "#components/shell/states.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

const CHART_PX = 140;

function QueryText({ query }: { query: string }) {
  return (
    <code className="text-small text-faint mt-2 block font-mono break-all whitespace-pre-wrap">{query}</code>
  );
}

function hasNoValue({ series }: SeriesData): boolean {
  return series.every(({ values }) => values.every((value) => value === null));
}

/** What it is now, where it is one figure. */
function presentValue({ series, unit }: SeriesData): string | null {
  const [only] = series;
  if (series.length !== 1 || !only) return null;
  const now = only.values.findLast((value) => value !== null) ?? null;
  return now === null ? null : formatFigure(now, unit);
}

interface BlockProps {
  block: QueryBlock;
  query: string;
}

function SeriesBlock({ block, query }: BlockProps) {
  const view = usePanel("query.series", block.id);
  const { setRange } = useTimeRange();
  const title = block.title ?? "Query";
  const now = view.state === "ready" ? presentValue(view.data) : null;
  return (
    <PanelFrame
      anchor={block.id}
      title={now === null ? title : `${title}: ${now}`}
      view={view}
      skeleton={<Skeleton className="h-44" />}
      empty={{ when: hasNoValue, state: "no-data" }}
    >
      {(data) => (
        <>
          <TimeSeries data={data} label={title} heightPx={CHART_PX} onZoom={setRange} />
          <QueryText query={query} />
        </>
      )}
    </PanelFrame>
  );
}

export type RenderLogs = (lines: LogLines["lines"], label: string, query: string) => ReactNode;

function LogsBlock({ block, query, renderLogs }: BlockProps & { renderLogs: RenderLogs }) {
  const view = usePanel("query.logs", block.id);
  const title = block.title ?? "Log lines";
  const none = (
    <EmptyState title="No log line in this range">
      <QueryText query={query} />
    </EmptyState>
  );
  return (
    <PanelFrame
      anchor={block.id}
      title={title}
      view={view}
      skeleton={<ListSkeleton rows={6} rowHeight="h-6" />}
      empty={{ when: ({ lines }) => lines.length === 0, state: none }}
    >
      {({ lines }) => (
        <>
          {renderLogs(lines, title, query)}
          <QueryText query={query} />
        </>
      )}
    </PanelFrame>
  );
}

/** A query of a runbook with what it answers over the page's range; one that cannot be asked says why. */
export function LiveBlock({ block, renderLogs }: { block: QueryBlock; renderLogs: RenderLogs }) {
  const { query, language, problem } = block;
  if (query === null) {
    return (
      <section className="rounded-panel border-line-soft bg-panel border px-4 py-3.5">
        <h2 className="text-dim font-medium">{block.title ?? "Query"}</h2>
        <p>Not asked yet: {problem}.</p>
        <QueryText query={block.code} />
      </section>
    );
  }
  if (language === "logql") return <LogsBlock block={block} query={query} renderLogs={renderLogs} />;
  return <SeriesBlock block={block} query={query} />;
}
