import type { Unit } from "#lib/contracts/series.ts";
import { formatFigure } from "#lib/format/figure.ts";
import { MarkLabel } from "./mark-label.tsx";
import type { PlacedMark } from "./marks.ts";
import { tickLabel } from "./plot-data.ts";
import { PLOT_ROOM, type PlotFrame, ticksWithRoom } from "./plot-frame.ts";
import { LEVEL_COLORS, ThresholdLabel } from "./threshold-label.tsx";

const { top, left } = PLOT_ROOM;
/** Room that the label of a tick takes, with some between it and the next. */
const TICK_LABEL_PX = 60;

interface FrameProps {
  frame: PlotFrame;
  unit: Unit;
  /** The box that the lines are in. */
  inner: { widthPx: number; heightPx: number };
}

/** Where a value stands in the box, in px from the top of the chart. */
function heightOf(value: number, { yTicks }: PlotFrame, { heightPx }: FrameProps["inner"]): number {
  const [least, greatest] = [yTicks[0] ?? 0, yTicks.at(-1) ?? 1];
  return top + heightPx * (1 - (value - least) / (greatest - least));
}

/** Grid, axes and their figures, under the lines. */
export function FrameBelow({ frame, unit, timeZone, inner }: FrameProps & { timeZone: string }) {
  const { fromMs, toMs, xTicks, yTicks } = frame;
  const right = left + inner.widthPx;
  const base = top + inner.heightPx;
  const stepMs = (xTicks[1] ?? toMs) - (xTicks[0] ?? fromMs);
  const shown = ticksWithRoom(xTicks, (inner.widthPx * stepMs) / (toMs - fromMs), TICK_LABEL_PX);
  const xOf = (atMs: number) => left + (inner.widthPx * (atMs - fromMs)) / (toMs - fromMs);
  return (
    <svg className="absolute inset-0 size-full" fontSize={10.5} fill="var(--faint)">
      {yTicks.map((value) => (
        <g key={value} transform={`translate(0,${heightOf(value, frame, inner)})`}>
          <line x1={left} x2={right} stroke="var(--line-soft)" />
          <text x={left - 8} dy="0.355em" textAnchor="end">
            {formatFigure(value, unit)}
          </text>
        </g>
      ))}
      <line x1={left} x2={right} y1={base} y2={base} stroke="var(--line)" />
      {shown.map((atMs) => (
        <text key={atMs} x={xOf(atMs)} y={base + 15} textAnchor={anchorAt(xOf(atMs), right)}>
          {tickLabel(atMs, xTicks, timeZone)}
        </text>
      ))}
    </svg>
  );
}

/** Thresholds and marks with their names, over the lines. */
export function FrameAbove({ frame, unit, inner, marks }: FrameProps & { marks: readonly PlacedMark[] }) {
  const right = left + inner.widthPx;
  return (
    <svg className="pointer-events-none absolute inset-0 size-full overflow-visible">
      {frame.thresholds.map(({ label, value, level }) => {
        const y = heightOf(value, frame, inner);
        const color = LEVEL_COLORS[level];
        return (
          <g key={`${level} ${label}`}>
            <line x1={left} x2={right} y1={y} y2={y} stroke={color} strokeDasharray="4 3" />
            <ThresholdLabel
              text={`${label} ${formatFigure(value, unit)}`}
              color={color}
              viewBox={{ x: left, y, width: inner.widthPx }}
            />
          </g>
        );
      })}
      {marks.map((mark) => {
        const x = left + inner.widthPx * mark.position;
        return (
          <g key={`${mark.atMs} ${mark.label}`}>
            <line
              x1={x}
              x2={x}
              y1={top}
              y2={top + inner.heightPx}
              stroke="var(--attention)"
              strokeDasharray="2 3"
            />
            <g className="pointer-events-auto">
              <MarkLabel mark={mark} viewBox={{ x, y: top }} />
            </g>
          </g>
        );
      })}
    </svg>
  );
}

/** A label at the right edge would be cut off in the middle. */
function anchorAt(x: number, right: number): "middle" | "end" {
  return right - x < TICK_LABEL_PX / 4 ? "end" : "middle";
}
