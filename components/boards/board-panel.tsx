"use client";

import { clsx } from "clsx";
import type { ReactNode } from "react";
import type { PanelView } from "#lib/client/panel-lines.ts";
import type { ShownPanel } from "#lib/client/boards-spec.ts";
import type { SeriesData } from "#lib/contracts/series.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { TimeSeries } from "#components/charts/time-series.tsx";
import { VolumeBars } from "#components/charts/volume-bars.tsx";
import { usePanel } from "#components/shell/page-panels.tsx";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { useTimeRange } from "#components/shell/use-time-range.ts";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { PanelLooks } from "./panel-looks.ts";

interface PanelProps {
  panel: ShownPanel;
  looks: PanelLooks;
}

/** A panel of a board with what it answers; one that cannot be asked says why. */
export function BoardPanel({ panel, looks }: PanelProps) {
  if (panel.problem !== null) return <UnaskedPanel panel={panel} />;
  if (panel.kind === "logs") return <LinesPanel panel={panel} looks={looks} />;
  if (panel.kind === "log-volume") return <VolumePanel panel={panel} looks={looks} />;
  return <SeriesPanel panel={panel} />;
}

const NO_LINES = <EmptyState title="No log line in this range">Widen the time range.</EmptyState>;

const spanOf = ({ width }: ShownPanel) => clsx(width === "full" && "xl:col-span-2");

function UnaskedPanel({ panel }: { panel: ShownPanel }) {
  return (
    <section
      id={panel.id}
      className={clsx("rounded-panel border-line-soft bg-panel min-w-0 border px-4 py-3.5", spanOf(panel))}
    >
      <h2 className="text-dim mb-2.5 font-medium">{panel.title}</h2>
      <p className="break-words">Not asked yet: {panel.problem}.</p>
    </section>
  );
}

function hasNoValue({ series }: SeriesData): boolean {
  return series.every(({ values }) => values.every((value) => value === null));
}

function SeriesPanel({ panel }: { panel: ShownPanel }) {
  const view = usePanel("query.series", panel.id);
  const { setRange } = useTimeRange();
  return (
    <PanelFrame<SeriesData>
      anchor={panel.id}
      title={panel.title}
      view={view}
      className={spanOf(panel)}
      skeleton={<Skeleton className="h-64" />}
      empty={{ when: hasNoValue, state: "no-data" }}
    >
      {(data) => <TimeSeries data={data} label={panel.title} onZoom={setRange} />}
    </PanelFrame>
  );
}

const linesIn = (view: PanelView<{ lines: readonly unknown[]; limitReached: boolean }>): ReactNode => {
  if (view.state !== "ready") return undefined;
  const { lines, limitReached } = view.data;
  return limitReached ? `the newest ${countOf(lines.length, "line")} of more` : countOf(lines.length, "line");
};

function LinesPanel({ panel, looks }: PanelProps) {
  const view = usePanel("query.logs", panel.id);
  return (
    <PanelFrame
      anchor={panel.id}
      title={panel.title}
      aside={linesIn(view)}
      view={view}
      className={spanOf(panel)}
      skeleton={<ListSkeleton rows={8} rowHeight="h-6" />}
      empty={{
        when: ({ lines }) => lines.length === 0,
        state: NO_LINES,
      }}
    >
      {({ lines }) => looks.lines(lines, panel.title, panel.query ?? "")}
    </PanelFrame>
  );
}

function VolumePanel({ panel, looks }: PanelProps) {
  const view = usePanel("query.log-volume", panel.id);
  const { setRange } = useTimeRange();
  return (
    <PanelFrame
      anchor={panel.id}
      title={panel.title}
      view={view}
      className={spanOf(panel)}
      skeleton={<Skeleton className="h-52" />}
      empty={{ when: hasNoValue, state: NO_LINES }}
    >
      {(data) => (
        <VolumeBars
          // What is worst stands on top, where it is seen.
          data={{ ...data, series: data.series.toReversed() }}
          label={panel.title}
          colorOf={looks.levelColor}
          heightPx={180}
          onZoom={setRange}
        />
      )}
    </PanelFrame>
  );
}
