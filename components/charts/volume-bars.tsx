"use client";

import { useState, type PointerEvent } from "react";
import type { SeriesData } from "#lib/contracts/series.ts";
import { formatFigure } from "#lib/format/figure.ts";
import { formatTime } from "#lib/format/time.ts";
import { usePreferences } from "#components/shell/preferences.tsx";
import { timeTicks, valueTicks } from "./ticks.ts";
import { tickLabel } from "./plot-data.ts";

interface VolumeBarsProps {
  /** Counts; `values[i]` is that of the step that begins at its place. Drawn one upon the other, the first below. */
  data: SeriesData;
  /** What is drawn, for those who cannot see it. */
  label: string;
  /** A CSS colour for a series by its name. */
  colorOf: (name: string) => string;
  heightPx?: number;
  /** Called with a span that was dragged over, in whole steps, as ISO 8601. */
  onZoom?: (range: { from: string; to: string }) => void;
}

/** Bars of counts over time; dragging over them narrows the range. Light enough to be on the page at once. */
export function VolumeBars({ data, label, colorOf, heightPx = 96, onZoom }: VolumeBarsProps) {
  const { timeZone } = usePreferences().preferences;
  const [hovered, setHovered] = useState<number | null>(null);
  const [dragged, setDragged] = useState<{ from: number; to: number } | null>(null);
  const steps = Math.max(1, ...data.series.map(({ values }) => values.length));
  const totals = Array.from({ length: steps }, (_, i) => sumAt(data, i));
  const top = valueTicks(0, Math.max(1, ...totals), "count", 2).at(-1) ?? 1;
  const startMs = (index: number) => (data.startSeconds + index * data.stepSeconds) * 1000;
  const ticks = timeTicks(startMs(0), startMs(steps), timeZone, 6);
  const indexAt = ({ clientX, currentTarget }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    return Math.min(steps - 1, Math.max(0, Math.floor(((clientX - left) / width) * steps)));
  };
  const finish = () => {
    if (!dragged || !onZoom) return;
    const [first, last] = [Math.min(dragged.from, dragged.to), Math.max(dragged.from, dragged.to)];
    setDragged(null);
    if (first === last) return;
    onZoom({ from: new Date(startMs(first)).toISOString(), to: new Date(startMs(last + 1)).toISOString() });
  };
  return (
    <div className="relative">
      <span className="text-small text-faint absolute top-0 left-0 bg-(--panel)/70 px-0.5">
        {formatFigure(top, "count")}
      </span>
      <div
        role="img"
        aria-label={inWords(label, data)}
        className="touch-pan-y select-none"
        style={{ height: heightPx, cursor: onZoom ? "crosshair" : undefined }}
        onPointerDown={(event) => {
          const at = indexAt(event);
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragged({ from: at, to: at });
        }}
        onPointerMove={(event) => {
          const at = indexAt(event);
          setHovered(at);
          if (dragged) setDragged({ ...dragged, to: at });
        }}
        onPointerUp={finish}
        onPointerCancel={() => setDragged(null)}
        onPointerLeave={() => setHovered(null)}
      >
        <svg
          viewBox={`0 0 ${steps} ${top}`}
          preserveAspectRatio="none"
          className="border-line block h-full w-full border-b"
          aria-hidden="true"
        >
          {totals.map((_, i) => (
            <Bar key={i} data={data} index={i} top={top} colorOf={colorOf} />
          ))}
          {dragged && (
            <rect
              x={Math.min(dragged.from, dragged.to)}
              width={Math.abs(dragged.to - dragged.from) + 1}
              height={top}
              fill="var(--accent)"
              fillOpacity={0.18}
            />
          )}
        </svg>
      </div>
      <div className="text-small text-faint relative h-4" aria-hidden="true">
        {ticks.map((atMs) => (
          <span
            key={atMs}
            className="absolute -translate-x-1/2 whitespace-nowrap first:translate-x-0"
            style={{ left: `${((atMs - startMs(0)) / (startMs(steps) - startMs(0))) * 100}%` }}
          >
            {tickLabel(atMs, ticks, timeZone)}
          </span>
        ))}
      </div>
      {hovered !== null && (
        <Tooltip
          data={data}
          index={hovered}
          leftRatio={(hovered + 0.5) / steps}
          from={formatTime(startMs(hovered), "clockSeconds", timeZone)}
          to={formatTime(startMs(hovered + 1), "clockSeconds", timeZone)}
          colorOf={colorOf}
        />
      )}
    </div>
  );
}

interface BarProps {
  data: SeriesData;
  index: number;
  top: number;
  colorOf: (name: string) => string;
}

function Bar({ data, index, top, colorOf }: BarProps) {
  const heights = data.series.map(({ values }) => values[index] ?? 0);
  return data.series.map(({ name }, i) => {
    const height = heights[i] ?? 0;
    const below = heights.slice(0, i).reduce((sum, one) => sum + one, 0);
    if (height === 0) return null;
    return (
      <rect
        key={name}
        x={index + 0.08}
        y={top - below - height}
        width={0.84}
        height={height}
        fill={colorOf(name)}
      />
    );
  });
}

interface TooltipProps {
  data: SeriesData;
  index: number;
  leftRatio: number;
  from: string;
  to: string;
  colorOf: (name: string) => string;
}

function Tooltip({ data, index, leftRatio, from, to, colorOf }: TooltipProps) {
  const side = leftRatio > 0.7 ? { right: `${(1 - leftRatio) * 100}%` } : { left: `${leftRatio * 100}%` };
  const counted = data.series.filter(({ values }) => (values[index] ?? 0) > 0);
  return (
    <div
      className="rounded-control border-line bg-panel text-small shadow-overlay pointer-events-none absolute top-full z-10 border px-2.5 py-1.5 whitespace-nowrap"
      style={side}
    >
      <p className="text-faint mb-0.5">
        {from} – {to}
      </p>
      {counted.length === 0 && <p className="text-dim">no line</p>}
      {counted.map(({ name, values }) => (
        <p key={name} className="flex items-center gap-2">
          <span className="size-2 flex-none rounded-full" style={{ background: colorOf(name) }} />
          <span className="text-dim">{name}</span>
          <span className="ml-auto pl-3">{formatFigure(values[index] ?? null, "count")}</span>
        </p>
      ))}
    </div>
  );
}

function sumAt({ series }: SeriesData, index: number): number {
  return series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0);
}

function inWords(label: string, { series }: SeriesData): string {
  const parts = series.map(({ name, values }) => {
    const total = values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
    return `${name} ${formatFigure(total, "count")}`;
  });
  return `${label}. ${parts.join(", ") || "No line"}.`;
}
