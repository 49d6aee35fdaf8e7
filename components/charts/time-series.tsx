"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { lineColors, seriesColor } from "#lib/client/entity-color.ts";
import type { Series, SeriesData } from "#lib/contracts/series.ts";
import { formatFigure } from "#lib/format/figure.ts";
import { usePreferences } from "#components/shell/preferences.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { LegendTable, type LegendRow } from "./legend-table.tsx";
import type { Mark } from "./marks.ts";
import type { Zoom } from "./plot-frame.ts";
import { isDense } from "./plot-data.ts";
import { seriesStats } from "./series-stats.ts";

// The only ways to recharts and uPlot: both must stay out of every page's first load.
const SvgPlot = dynamic(() => import("./time-series-plot.tsx").then((module) => module.TimeSeriesPlot), {
  ssr: false,
  loading: () => <Skeleton className="h-full" />,
});
const CanvasPlot = dynamic(() => import("./canvas-plot.tsx").then((module) => module.CanvasPlot), {
  ssr: false,
  loading: () => <Skeleton className="h-full" />,
});

interface TimeSeriesProps {
  data: SeriesData;
  /** What the chart shows, for those who cannot see it: "Latency of checkout". */
  label: string;
  heightPx?: number;
  marks?: readonly Mark[];
  onZoom?: Zoom;
}

/**
 * Lines over time with thresholds, marks and a legend table; gaps stay gaps. The crosshair is shared by
 * all charts of the page, dragging zooms, a click in the legend isolates a line.
 */
export function TimeSeries({ data, label, heightPx = 200, marks = [], onZoom }: TimeSeriesProps) {
  const { timeZone } = usePreferences().preferences;
  const [isolated, setIsolated] = useState<string | null>(null);
  const Plot = useDense(data) ? CanvasPlot : SvgPlot;
  const colors = lineColors(data.series.map(entityOf));
  const lines = data.series.map((series, index) => ({
    ...series,
    color: colors[index] ?? seriesColor(index),
  }));
  const rows: LegendRow[] = lines.map(({ name, color, values }) => ({ name, color, ...seriesStats(values) }));
  const known = lines.some((line) => line.name === isolated) ? isolated : null;
  const shown = known === null ? lines : lines.filter((line) => line.name === known);
  return (
    <div>
      <div role="img" aria-label={inWords(label, rows, data)} style={{ height: heightPx }}>
        <Plot
          data={data}
          lines={shown}
          marks={marks}
          timeZone={timeZone}
          onZoom={onZoom}
          heightPx={heightPx}
        />
      </div>
      <LegendTable
        label={label}
        rows={rows}
        unit={data.unit}
        isolated={known}
        onIsolate={(name) => setIsolated(name === known ? null : name)}
      />
    </div>
  );
}

/** Whether to draw on a canvas. A chart that once was dense stays there: near the limit it would change with each point. */
function useDense(data: SeriesData): boolean {
  const dense = isDense(data);
  const [wasDense, setWasDense] = useState(dense);
  if (dense && !wasDense) setWasDense(true);
  return dense || wasDense;
}

/** The node or service that a line is; null for another. */
function entityOf({ labels: { node, service }, name }: Series): string | null {
  return [node, service].find((entity) => entity !== undefined && entity === name) ?? null;
}

function inWords(label: string, rows: readonly LegendRow[], data: SeriesData): string {
  const write = (value: number | null) => (value === null ? "no data" : formatFigure(value, data.unit));
  const parts = rows
    .slice(0, 6)
    .map((row) => `${row.name} last ${write(row.last)}, highest ${write(row.max)}`);
  const limits = data.thresholds.map((limit) => `${limit.label} at ${formatFigure(limit.value, data.unit)}`);
  return `${label}. ${[...parts, ...limits].join("; ") || "No lines"}.`;
}
