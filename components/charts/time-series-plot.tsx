"use client";

import { useState } from "react";
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
import {
  nearestTick,
  plotRows,
  spanOf,
  tickLabel,
  visibleThresholds,
  type PlotLine,
  type PlotRow,
} from "./plot-data.ts";
import { MarkLabel } from "./mark-label.tsx";
import { placeMarks, type Mark } from "./marks.ts";
import { ThresholdLabel } from "./threshold-label.tsx";
import { PlotTooltip } from "./plot-tooltip.tsx";
import { timeTicks, valueTicks } from "./ticks.ts";

interface TimeSeriesPlotProps {
  data: SeriesData;
  lines: readonly PlotLine[];
  marks: readonly Mark[];
  timeZone: string;
  heightPx: number;
  onZoom?: (range: { from: string; to: string }) => void;
}

const TICK = { fontSize: 10.5, fill: "var(--faint)" };
const LEVEL_COLORS = { WARNING: "var(--warning)", CRITICAL: "var(--critical)" };
const MARGIN = { top: 14, right: 8, bottom: 0, left: 0 };

/** The drawing inside TimeSeries; the only module that touches recharts. */
export function TimeSeriesPlot({ data, lines, marks, timeZone, heightPx, onZoom }: TimeSeriesPlotProps) {
  const [hovered, setHovered] = useState(false);
  const rows = plotRows(data, lines);
  const { fromMs, toMs } = spanOf(data);
  const values = lines.flatMap((line) => line.values.filter((value) => value !== null));
  const thresholds = visibleThresholds(data.thresholds, values);
  const all = [...values, ...thresholds.map((threshold) => threshold.value)];
  const yTicks = valueTicks(least(all), greatest(all), data.unit, heightPx < 160 ? 3 : 4);
  const xTicks = timeTicks(fromMs, toMs, timeZone, 7);
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
        syncId="page"
        syncMethod={(ticks, other) =>
          nearestTick(
            ticks.map((tick) => Number(tick.value)),
            Number(other.activeLabel),
          )
        }
        accessibilityLayer={false}
        {...drag.handlers}
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
          height={22}
        />
        <YAxis
          domain={[yTicks[0] ?? 0, yTicks.at(-1) ?? 1]}
          ticks={yTicks}
          interval={0}
          tickFormatter={(value: number) => formatFigure(value, data.unit)}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          width={68}
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
        {lines.map((line, index) => (
          <Line
            key={line.name}
            dataKey={(row: PlotRow) => row.values[index]}
            name={line.name}
            stroke={line.color}
            strokeWidth={1.6}
            dot={hasLoneValue(rows, index) && <LoneDot rows={rows} line={index} />}
            activeDot={{ r: 2.5, strokeWidth: 0 }}
            connectNulls={false}
            isAnimationActive={false}
          />
        ))}
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
function useDrag(onZoom: TimeSeriesPlotProps["onZoom"]) {
  const [span, setSpan] = useState<[number, number] | null>(null);
  if (!onZoom) return { span: null, handlers: {} };
  const at = (state: MouseHandlerDataParam) =>
    state.activeLabel === undefined ? null : Number(state.activeLabel);
  const onMouseDown = (state: MouseHandlerDataParam) => {
    const start = at(state);
    if (start !== null) setSpan([start, start]);
  };
  const onMouseMove = (state: MouseHandlerDataParam) => {
    const end = at(state);
    if (span && end !== null) setSpan([span[0], end]);
  };
  const onMouseUp = () => {
    if (!span) return;
    const [from, to] = [Math.min(...span), Math.max(...span)];
    setSpan(null);
    if (to - from >= 60_000) onZoom({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
  };
  return { span, handlers: { onMouseDown, onMouseMove, onMouseUp, onMouseLeave: () => setSpan(null) } };
}

/** A value between two gaps has no line to belong to, so it is drawn as a dot. recharts passes the rest. */
function LoneDot({ rows, line, index, cx, cy, stroke }: LoneDotProps) {
  const value = (i: number) => rows[i]?.values[line] ?? null;
  const alone =
    index !== undefined && value(index) !== null && value(index - 1) === null && value(index + 1) === null;
  return alone ? <circle cx={cx} cy={cy} r={1.6} fill={stroke} /> : null;
}
interface LoneDotProps {
  rows: readonly PlotRow[];
  /** Which of the drawn lines. */
  line: number;
  index?: number;
  cx?: number;
  cy?: number;
  stroke?: string;
}

function hasLoneValue(rows: readonly PlotRow[], line: number): boolean {
  const value = (i: number) => rows[i]?.values[line] ?? null;
  return rows.some((_, i) => value(i) !== null && value(i - 1) === null && value(i + 1) === null);
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), values[0] ?? 0);
}

function greatest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), values[0] ?? 0);
}
