"use client";

import { useId, useState } from "react";
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceArea,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
  type MouseHandlerDataParam,
} from "recharts";
import type { SeriesData } from "#lib/contracts/series.ts";
import { formatFigure } from "#lib/format/figure.ts";
import { MarkLabel } from "./mark-label.tsx";
import { placeMarks, type Mark } from "./marks.ts";
import { loneValues, plotRows, tickLabel, type PlotLine, type PlotRow } from "./plot-data.ts";
import { PLOT_ROOM, plotFrame, zoomTo, type Zoom } from "./plot-frame.ts";
import { PlotTooltip } from "./plot-tooltip.tsx";
import { SharedCrosshair, useCrosshairOf } from "./shared-crosshair.tsx";
import { LEVEL_COLORS, ThresholdLabel } from "./threshold-label.tsx";

/** What either renderer of TimeSeries is given. */
export interface TimeSeriesPlotProps {
  data: SeriesData;
  lines: readonly PlotLine[];
  marks: readonly Mark[];
  timeZone: string;
  heightPx: number;
  onZoom?: Zoom;
}

const TICK = { fontSize: 10.5, fill: "var(--faint)" };
const MARGIN = { top: PLOT_ROOM.top, right: PLOT_ROOM.right, bottom: 0, left: 0 };

/** The drawing inside TimeSeries, as SVG. */
export function TimeSeriesPlot({ data, lines, marks, timeZone, heightPx, onZoom }: TimeSeriesPlotProps) {
  const [hovered, setHovered] = useState(false);
  const chart = useId();
  const crosshair = useCrosshairOf(chart);
  const rows = plotRows(data, lines);
  const frame = plotFrame(data, lines, { timeZone, heightPx });
  const { fromMs, toMs, xTicks, yTicks, thresholds } = frame;
  const drag = useDrag(onZoom);
  return (
    <div
      className="h-full touch-pan-y select-none"
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
    >
      <LineChart
        responsive
        style={{ width: "100%", height: "100%", cursor: onZoom ? "crosshair" : undefined }}
        data={rows}
        margin={MARGIN}
        accessibilityLayer={false}
        onMouseDown={drag.start}
        onMouseMove={(state) => {
          crosshair.point(state);
          drag.move(state);
        }}
        onMouseUp={drag.end}
        onMouseLeave={() => {
          crosshair.leave();
          drag.cancel();
        }}
      >
        <CartesianGrid vertical={false} stroke="var(--line-soft)" />
        <XAxis
          dataKey="atMs"
          type="number"
          scale="time"
          domain={[fromMs, toMs]}
          ticks={xTicks}
          interval="preserveStartEnd"
          tickFormatter={(atMs: number) => tickLabel(atMs, xTicks, timeZone)}
          tick={TICK}
          tickLine={false}
          axisLine={{ stroke: "var(--line)" }}
          minTickGap={24}
          height={PLOT_ROOM.bottom}
        />
        <YAxis
          domain={[yTicks[0] ?? 0, yTicks.at(-1) ?? 1]}
          ticks={yTicks}
          interval={0}
          tickFormatter={(value: number) => formatFigure(value, data.unit)}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          width={PLOT_ROOM.left}
        />
        {thresholds.map((threshold) => (
          <ReferenceLine
            key={`${threshold.level} ${threshold.label}`}
            y={threshold.value}
            stroke={LEVEL_COLORS[threshold.level]}
            strokeDasharray="4 3"
            label={
              <ThresholdLabel
                text={`${threshold.label} ${formatFigure(threshold.value, data.unit)}`}
                color={LEVEL_COLORS[threshold.level]}
              />
            }
          />
        ))}
        {placeMarks(marks, fromMs, toMs).map((mark) => (
          <ReferenceLine
            key={`${mark.atMs} ${mark.label}`}
            x={mark.atMs}
            stroke="var(--attention)"
            strokeDasharray="2 3"
            label={<MarkLabel mark={mark} />}
          />
        ))}
        <SharedCrosshair chart={chart} />
        {lines.map((line, index) => {
          const lone = loneValues(line.values);
          return (
            <Line
              key={line.name}
              dataKey={(row: PlotRow) => row.values[index]}
              name={line.name}
              stroke={line.color}
              strokeWidth={1.6}
              dot={lone.length > 0 && <LoneDot lone={lone} />}
              activeDot={{ r: 2.5, strokeWidth: 0 }}
              connectNulls={false}
              isAnimationActive={false}
            />
          );
        })}
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: "var(--line-strong)", strokeWidth: 1 }}
          content={
            <PlotTooltip lines={lines} rows={rows} unit={data.unit} timeZone={timeZone} shown={hovered} />
          }
        />
        {drag.span && (
          <ReferenceArea x1={drag.span[0]} x2={drag.span[1]} fill="var(--accent)" fillOpacity={0.14} />
        )}
      </LineChart>
    </div>
  );
}

/** Tracks a drag over the plot; a span of at least a minute is handed to `onZoom`. */
function useDrag(onZoom: Zoom | undefined) {
  const [span, setSpan] = useState<[number, number] | null>(null);
  const at = (state: MouseHandlerDataParam) =>
    state.activeLabel === undefined ? null : Number(state.activeLabel);
  return {
    span,
    start: (state: MouseHandlerDataParam) => {
      const start = at(state);
      if (onZoom && start !== null) setSpan([start, start]);
    },
    move: (state: MouseHandlerDataParam) => {
      const end = at(state);
      if (span && end !== null) setSpan([span[0], end]);
    },
    end: () => {
      if (span) zoomTo(onZoom, Math.min(...span), Math.max(...span));
      setSpan(null);
    },
    cancel: () => setSpan(null),
  };
}

/** A value between two gaps. recharts passes the rest. */
function LoneDot({ lone, index, cx, cy, stroke }: LoneDotProps) {
  return index !== undefined && lone.includes(index) ? (
    <circle cx={cx} cy={cy} r={1.6} fill={stroke} />
  ) : null;
}
interface LoneDotProps {
  lone: readonly number[];
  index?: number;
  cx?: number;
  cy?: number;
  stroke?: string;
}
