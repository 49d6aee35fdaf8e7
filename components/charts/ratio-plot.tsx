"use client";

import { useId, useState } from "react";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatTime } from "#lib/format/time.ts";
import { tickLabel } from "./plot-data.ts";
import { type RatioDrawing, ratioRows, ratioTicks, type RatioRow, withinTimes } from "./ratio-lines.ts";
import { SharedCrosshair, useCrosshairOf } from "./shared-crosshair.tsx";
import { ThresholdLabel } from "./threshold-label.tsx";
import { timeTicks } from "./ticks.ts";

const TICK = { fontSize: 10.5, fill: "var(--faint)" };
const MARGIN = { top: 14, right: 8, bottom: 0, left: 0 };

type RatioPlotProps = RatioDrawing & { timeZone: string; heightPx: number };

/** The drawing inside RatioChart. */
export function RatioPlot({ timesMs, lines, limit, write, timeZone, heightPx, ...rest }: RatioPlotProps) {
  const [hovered, setHovered] = useState(false);
  const chart = useId();
  const crosshair = useCrosshairOf(chart);
  const [fromMs, toMs] = [timesMs[0] ?? 0, timesMs.at(-1) ?? 1];
  const { marks, spans } = withinTimes({ marks: rest.marks ?? [], spans: rest.spans ?? [] }, fromMs, toMs);
  const drawn = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  const yTicks = ratioTicks(limit ? [...drawn, limit.value] : drawn, { max: 1 }, heightPx < 160 ? 3 : 4);
  const xTicks = timeTicks(fromMs, toMs, timeZone, 7);
  const rows = ratioRows(timesMs, lines);
  return (
    <div
      className="h-full touch-pan-y select-none"
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
    >
      <ComposedChart
        responsive
        style={{ width: "100%", height: "100%" }}
        data={rows}
        margin={MARGIN}
        accessibilityLayer={false}
        onMouseMove={crosshair.point}
        onMouseLeave={crosshair.leave}
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
          allowDataOverflow
          ticks={yTicks}
          interval={0}
          tickFormatter={(value: number) => write(value)}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          width={64}
        />
        {spans.map(({ fromMs: x1, toMs: x2 }) => (
          <ReferenceArea key={`${x1} ${x2}`} x1={x1} x2={x2} fill="var(--line-strong)" fillOpacity={0.25} />
        ))}
        {(yTicks[0] ?? 0) < 0 && <ReferenceLine y={0} stroke="var(--exhausted)" />}
        {limit && (
          <ReferenceLine
            y={limit.value}
            stroke="var(--warning)"
            strokeDasharray="4 3"
            label={<ThresholdLabel text={limit.text} color="var(--warning)" />}
          />
        )}
        {lines.map(({ name, color, filled }, index) =>
          filled ? (
            <Area
              key={`area ${name}`}
              dataKey={(row: RatioRow) => row.values[index]}
              stroke="none"
              fill={color}
              fillOpacity={0.12}
              baseValue={Math.max(0, yTicks[0] ?? 0)}
              connectNulls={false}
              isAnimationActive={false}
              activeDot={false}
            />
          ) : null,
        )}
        <SharedCrosshair chart={chart} />
        {lines.map(({ name, color, dashed }, index) => (
          <Line
            key={name}
            dataKey={(row: RatioRow) => row.values[index]}
            name={name}
            stroke={color}
            strokeWidth={1.6}
            {...(dashed ? { strokeDasharray: "4 4" } : {})}
            dot={false}
            activeDot={{ r: 2.5, strokeWidth: 0 }}
            connectNulls={false}
            isAnimationActive={false}
          />
        ))}
        {marks.map(({ atMs, text, color }) => (
          <ReferenceLine
            key={`${atMs} ${text}`}
            x={atMs}
            stroke={color}
            strokeDasharray="2 3"
            label={<MarkHead text={text} color={color} />}
          />
        ))}
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: "var(--line-strong)", strokeWidth: 1 }}
          content={
            <RatioTooltip lines={lines} rows={rows} write={write} timeZone={timeZone} shown={hovered} />
          }
        />
      </ComposedChart>
    </div>
  );
}

/** A triangle over the plot; what it stands for is listed under the charts. recharts passes `viewBox`. */
function MarkHead({
  text,
  color,
  viewBox,
}: {
  text: string;
  color: string;
  viewBox?: { x?: number; y?: number };
}) {
  return (
    <g transform={`translate(${viewBox?.x ?? 0},${viewBox?.y ?? 0})`} fill={color}>
      <title>{text}</title>
      <path d="M0 -1l4 -7h-8z" />
    </g>
  );
}

interface RatioTooltipProps extends Pick<RatioDrawing, "lines" | "write"> {
  rows: readonly RatioRow[];
  timeZone: string;
  shown: boolean;
  /** The two below are passed by recharts. */
  active?: boolean;
  label?: string | number;
}

function RatioTooltip({ lines, rows, write, timeZone, shown, active, label }: RatioTooltipProps) {
  const atMs = Number(label);
  const row = rows.find((candidate) => candidate.atMs === atMs);
  if (!shown || !active || !row) return null;
  return (
    <div className="rounded-control border-line bg-panel text-small shadow-overlay border px-2.5 py-1.5">
      <p className="text-faint mb-0.5">{formatTime(atMs, "dayClock", timeZone)}</p>
      {lines.map(({ name, color }, at) => (
        <p key={name} className="flex items-center gap-2">
          <span className="h-0.5 w-2.5 flex-none rounded-full" style={{ background: color }} />
          <span className="text-dim">{name}</span>
          <span className="ml-auto pl-3">{write(row.values[at] ?? null)}</span>
        </p>
      ))}
    </div>
  );
}
