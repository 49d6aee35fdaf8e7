"use client";

import dynamic from "next/dynamic";
import { usePreferences } from "#components/shell/preferences.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { RatioDrawing } from "./ratio-lines.ts";

// As for every chart, recharts stays out of the page's first load.
const Plot = dynamic(() => import("./ratio-plot.tsx").then((module) => module.RatioPlot), {
  ssr: false,
  loading: () => <Skeleton className="h-full" />,
});

interface RatioChartProps extends RatioDrawing {
  /** What it shows, for those who cannot see it. */
  label: string;
  heightPx?: number;
}

/** Ratios over time on an axis of their own, with what happened meanwhile; gaps stay gaps. */
export function RatioChart({ label, heightPx = 220, ...props }: RatioChartProps) {
  const { timeZone } = usePreferences().preferences;
  const words = props.lines.map(({ name, values }) => {
    const last = values.findLast((value) => value !== null) ?? null;
    return `${name} last ${last === null ? "no data" : props.write(last)}`;
  });
  return (
    <figure>
      <div role="img" aria-label={`${label}. ${words.join("; ")}.`} style={{ height: heightPx }}>
        <Plot {...props} timeZone={timeZone} heightPx={heightPx} />
      </div>
      <figcaption className="text-small text-dim mt-1.5 flex flex-wrap gap-x-4 gap-y-0.5">
        {props.lines.map(({ name, color, dashed }) => (
          <span key={name} className="flex items-center gap-1.5">
            <span
              aria-hidden="true"
              className="w-4 border-t-2"
              style={{ borderColor: color, borderStyle: dashed ? "dashed" : "solid" }}
            />
            {name}
          </span>
        ))}
        {(props.spans ?? []).length > 0 && (
          <span className="flex items-center gap-1.5">
            <span aria-hidden="true" className="bg-line-strong h-2.5 w-4 rounded-[2px] opacity-40" />
            left out
          </span>
        )}
      </figcaption>
    </figure>
  );
}
