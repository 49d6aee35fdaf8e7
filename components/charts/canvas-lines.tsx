"use client";

import { useEffect, useId, useRef, useState } from "react";
import type { Unit } from "#lib/contracts/series.ts";
import { CANVAS_BLEED_PX, CanvasDrawing, type Drawn } from "./canvas-drawing.ts";
import { onPoint, pointAt, pointAway, pointedElsewhere } from "./crosshair.ts";
import { onThemeChange } from "./css-color.ts";
import { zoomTo, type Zoom } from "./plot-frame.ts";
import { PlotTooltip } from "./plot-tooltip.tsx";

interface CanvasLinesProps {
  drawn: Drawn;
  unit: Unit;
  timeZone: string;
  widthPx: number;
  heightPx: number;
  onZoom?: Zoom;
}

/** The lines of a chart on a canvas, with the crosshair and its words. */
export function CanvasLines({ drawn, unit, timeZone, widthPx, heightPx, onZoom }: CanvasLinesProps) {
  const host = useRef<HTMLDivElement>(null);
  const drawing = useRef<CanvasDrawing>(null);
  const [hovered, setHovered] = useState<{ index: number; leftPx: number } | null>(null);
  const chart = useId();

  useEffect(() => {
    if (!host.current) return;
    const own = new CanvasDrawing(host.current);
    drawing.current = own;
    const leaveTheme = onThemeChange(() => own.recolor());
    const leavePoint = onPoint(() => own.pointAt(pointedElsewhere(chart)));
    return () => {
      leaveTheme();
      leavePoint();
      pointAway(chart);
      own.destroy();
      drawing.current = null;
    };
  }, [chart]);

  useEffect(() => {
    drawing.current?.draw(drawn, {
      onHover: (at) => {
        setHovered(at);
        const atMs = at && drawn.timesMs[at.index];
        if (typeof atMs === "number") pointAt({ chart, atMs });
        else pointAway(chart);
      },
      onZoom: onZoom && ((fromMs, toMs) => zoomTo(onZoom, fromMs, toMs)),
    });
  }, [chart, drawn, onZoom]);

  useEffect(() => drawing.current?.resize(), [widthPx, heightPx]);

  return (
    <>
      <div
        ref={host}
        className="[&_.u-cursor-x]:border-line-strong! [&_.u-select]:bg-accent/15! absolute [&_.u-cursor-x]:border-solid!"
        style={{ inset: `-${CANVAS_BLEED_PX}px 0`, cursor: onZoom ? "crosshair" : undefined }}
      />
      {hovered && <Words drawn={drawn} at={hovered} unit={unit} timeZone={timeZone} widthPx={widthPx} />}
    </>
  );
}

interface WordsProps extends Pick<CanvasLinesProps, "drawn" | "unit" | "timeZone" | "widthPx"> {
  at: { index: number; leftPx: number };
}

/** The values under the crosshair, on the side of it that has more room. */
function Words({ drawn: { timesMs, lines }, at, unit, timeZone, widthPx }: WordsProps) {
  const atMs = timesMs[at.index];
  if (atMs === undefined) return null;
  const row = { atMs, values: lines.map(({ values }) => values[at.index] ?? null) };
  const beside = at.leftPx > widthPx / 2 ? { right: widthPx - at.leftPx + 10 } : { left: at.leftPx + 10 };
  return (
    <div className="pointer-events-none absolute top-2 z-10" style={beside}>
      <PlotTooltip lines={lines} rows={[row]} unit={unit} timeZone={timeZone} label={atMs} shown active />
    </div>
  );
}
