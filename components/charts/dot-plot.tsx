"use client";

import { CartesianGrid, ReferenceLine, Scatter, ScatterChart, Tooltip, XAxis, YAxis } from "recharts";
import { formatFigure } from "#lib/format/figure.ts";
import { formatTime } from "#lib/format/time.ts";
import { tickLabel } from "./plot-data.ts";
import { ThresholdLabel } from "./threshold-label.tsx";
import { timeTicks, valueTicks } from "./ticks.ts";

const TICK = { fontSize: 10.5, fill: "var(--faint)" };
const MARGIN = { top: 14, right: 12, bottom: 0, left: 0 };

/** One measurement. */
interface Dot {
  atMs: number;
  seconds: number;
  /** What it is of. */
  text: string;
}

/** What a chart of dots shows; values are durations in seconds. */
export interface DotDrawing {
  fromMs: number;
  toMs: number;
  groups: readonly { name: string; color: string; filled: boolean; dots: readonly Dot[] }[];
  limit?: { seconds: number; text: string };
}

/** The drawing inside DotChart. */
export function DotPlot({ fromMs, toMs, groups, limit, timeZone }: DotDrawing & { timeZone: string }) {
  const most = Math.max(limit?.seconds ?? 0, ...groups.flatMap(({ dots }) => dots.map((dot) => dot.seconds)));
  const yTicks = valueTicks(0, most, "seconds");
  const xTicks = timeTicks(fromMs, toMs, timeZone, 7);
  return (
    <ScatterChart
      responsive
      style={{ width: "100%", height: "100%" }}
      margin={MARGIN}
      accessibilityLayer={false}
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
        dataKey="seconds"
        type="number"
        domain={[0, yTicks.at(-1) ?? 1]}
        ticks={yTicks}
        interval={0}
        tickFormatter={(seconds: number) => formatFigure(seconds, "seconds")}
        tick={TICK}
        tickLine={false}
        axisLine={false}
        width={56}
      />
      {limit && (
        <ReferenceLine
          y={limit.seconds}
          stroke="var(--warning)"
          strokeDasharray="4 3"
          label={<ThresholdLabel text={limit.text} color="var(--warning)" />}
        />
      )}
      {groups.map(({ name, color, filled, dots }) => (
        <Scatter
          key={name}
          name={name}
          data={[...dots]}
          fill={filled ? color : "transparent"}
          stroke={color}
          strokeWidth={2}
          isAnimationActive={false}
        />
      ))}
      <Tooltip
        isAnimationActive={false}
        cursor={false}
        content={({ active, payload }) => {
          const dot = payload?.[0]?.payload as Dot | undefined;
          return active && dot ? <DotWords dot={dot} timeZone={timeZone} /> : null;
        }}
      />
    </ScatterChart>
  );
}

function DotWords({ dot, timeZone }: { dot: Dot; timeZone: string }) {
  return (
    <div className="rounded-control border-line bg-panel text-small shadow-overlay max-w-72 border px-2.5 py-1.5">
      <p className="text-faint">{formatTime(dot.atMs, "dayClock", timeZone)}</p>
      <p className="break-words">{dot.text}</p>
      <p className="font-medium">{formatFigure(dot.seconds, "seconds")}</p>
    </div>
  );
}
