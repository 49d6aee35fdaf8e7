"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { entityColor, seriesColor } from "#lib/client/entity-color.ts";
import type { Series, SeriesData } from "#lib/contracts/series.ts";
import { formatFigure } from "#lib/format/figure.ts";
import { usePreferences } from "#components/shell/preferences.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { LegendTable, type LegendRow } from "./legend-table.tsx";
import type { Mark } from "./marks.ts";
import { seriesStats } from "./series-stats.ts";

// The only way to recharts: it must stay out of every page's first load.
const Plot = dynamic(() => import("./time-series-plot.tsx").then((module) => module.TimeSeriesPlot), {
  ssr: false,
  loading: () => <Skeleton className="h-full" />,
});

interface TimeSeriesProps {
  data: SeriesData;
  /** What the chart shows, for those who cannot see it: "Latency of checkout". */
  label: string;
  heightPx?: number;
  marks?: readonly Mark[];
  /** Called with a span that was dragged over, as ISO 8601. */
  onZoom?: (range: { from: string; to: string }) => void;
}

/**
 * Lines over time with thresholds, marks and a legend table; gaps stay gaps. The crosshair is shared by
 * all charts of the page, dragging zooms, a click in the legend isolates a line.
 */
export function TimeSeries({ data, label, heightPx = 200, marks = [], onZoom }: TimeSeriesProps) {
  const { timeZone } = usePreferences().preferences;
  const [isolated, setIsolated] = useState<string | null>(null);
  const lines = data.series.map((series, index) => ({ ...series, color: colorOf(series, index) }));
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

/** A line that is a node or a service has that colour everywhere; others take the palette in order. */
function colorOf(series: Series, index: number): string {
  const { node, service } = series.labels;
  const entity = [node, service].find((name) => name !== undefined && name === series.name);
  return entity === undefined ? seriesColor(index) : entityColor(entity);
}

function inWords(label: string, rows: readonly LegendRow[], data: SeriesData): string {
  const write = (value: number | null) => (value === null ? "no data" : formatFigure(value, data.unit));
  const parts = rows
    .slice(0, 6)
    .map((row) => `${row.name} last ${write(row.last)}, highest ${write(row.max)}`);
  const limits = data.thresholds.map((limit) => `${limit.label} at ${formatFigure(limit.value, data.unit)}`);
  return `${label}. ${[...parts, ...limits].join("; ") || "No lines"}.`;
}
