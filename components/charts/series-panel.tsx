"use client";

import type { ReactNode } from "react";
import type { PanelData, PanelName } from "#lib/contracts/panels.ts";
import type { SeriesData } from "#lib/contracts/series.ts";
import { usePanel, useSetRange } from "#components/shell/page-panels.tsx";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Mark } from "./marks.ts";
import { TimeSeries } from "./time-series.tsx";

/** The panels that are drawn as lines over time. */
export type SeriesPanelName = {
  [N in PanelName]: PanelData<N> extends SeriesData ? N : never;
}[PanelName];

interface SeriesPanelProps {
  panel: SeriesPanelName;
  /** Says the answer where it can. */
  title: string;
  /** What is drawn, for those who cannot see it: "Latency of checkout". */
  label: string;
  aside?: ReactNode;
  marks?: readonly Mark[];
  /** Why no line may be there, where that is no fault of the source. */
  empty?: ReactNode;
}

/** A panel of lines over time; dragging over it narrows the page's range. */
export function SeriesPanel({ panel, title, label, aside, marks, empty }: SeriesPanelProps) {
  const view = usePanel(panel);
  const setRange = useSetRange();
  return (
    <PanelFrame<SeriesData>
      anchor={panel.replace(".", "-")}
      title={title}
      aside={aside}
      view={view}
      skeleton={<Skeleton className="h-72" />}
      empty={{ when: hasNoValue, state: empty ?? "no-data" }}
    >
      {(data) => <TimeSeries data={data} label={label} marks={marks} onZoom={setRange} />}
    </PanelFrame>
  );
}

function hasNoValue({ series }: SeriesData): boolean {
  return series.every(({ values }) => values.every((value) => value === null));
}
