"use client";

import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { CanvasLines } from "./canvas-lines.tsx";
import { FrameAbove, FrameBelow } from "./canvas-frame.tsx";
import { placeMarks } from "./marks.ts";
import { pointsOf } from "./plot-data.ts";
import { PLOT_ROOM, plotFrame } from "./plot-frame.ts";
import type { TimeSeriesPlotProps } from "./time-series-plot.tsx";

/** The drawing inside TimeSeries where it is dense: lines on a canvas, axes and words as SVG in the page's own colours. */
export function CanvasPlot({ data, lines, marks, timeZone, heightPx, onZoom }: TimeSeriesPlotProps) {
  const host = useRef<HTMLDivElement>(null);
  const widthPx = useWidthOf(host);
  const frame = useMemo(
    () => plotFrame(data, lines, { timeZone, heightPx }),
    [data, lines, timeZone, heightPx],
  );
  const drawn = useMemo(() => {
    const { fromMs, toMs, yTicks } = frame;
    const timesMs = Array.from({ length: pointsOf(data) }, (_, i) => fromMs + i * data.stepSeconds * 1000);
    return { timesMs, lines, x: [fromMs, toMs], y: [yTicks[0] ?? 0, yTicks.at(-1) ?? 1] } as const;
  }, [data, lines, frame]);
  const { top, right, bottom, left } = PLOT_ROOM;
  const inner = { widthPx: widthPx - left - right, heightPx: heightPx - top - bottom };
  return (
    <div ref={host} className="relative h-full touch-pan-y select-none">
      {inner.widthPx > 0 && (
        <>
          <FrameBelow frame={frame} unit={data.unit} timeZone={timeZone} inner={inner} />
          <div className="absolute" style={{ top, right, bottom, left }}>
            <CanvasLines drawn={drawn} unit={data.unit} timeZone={timeZone} {...inner} onZoom={onZoom} />
          </div>
          <FrameAbove
            frame={frame}
            unit={data.unit}
            inner={inner}
            marks={placeMarks(marks, frame.fromMs, frame.toMs)}
          />
        </>
      )}
    </div>
  );
}

/** The width of an element, in px; 0 before it is known. */
function useWidthOf(element: React.RefObject<HTMLElement | null>): number {
  const [widthPx, setWidthPx] = useState(0);
  useLayoutEffect(() => {
    if (!element.current) return;
    const own = element.current;
    const measure = () => setWidthPx(own.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(own);
    return () => observer.disconnect();
  }, [element]);
  return widthPx;
}
