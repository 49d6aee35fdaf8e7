"use client";

import dynamic from "next/dynamic";
import { usePreferences } from "#components/shell/preferences.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

// As for every chart, recharts stays out of the page's first load.
const Plot = dynamic(() => import("./ratio-plot.tsx").then((module) => module.RatioPlot), {
  ssr: false,
  loading: () => <Skeleton className="h-full" />,
});

/** One line of a chart of ratios; null is a gap. */
export interface RatioLine {
  name: string;
  values: readonly (number | null)[];
  color: string;
  dashed?: boolean;
  /** Shaded down to 0. */
  filled?: boolean;
}

/** A moment with a name: a changed target, a deploy. */
export interface RatioMark {
  atMs: number;
  text: string;
  color: string;
}

/** A span that is shaded: what an exclusion leaves out. */
export interface RatioSpan {
  fromMs: number;
  toMs: number;
  text: string;
}

export interface RatioChartProps {
  /** What it shows, for those who cannot see it. */
  label: string;
  /** Times of the values, in order; they need not be evenly apart. */
  timesMs: readonly number[];
  lines: readonly RatioLine[];
  marks?: readonly RatioMark[];
  spans?: readonly RatioSpan[];
  /** A horizontal line with a name: the target. */
  limit?: { value: number; text: string };
  /** How values are written; a share near 100 % needs more digits than others. */
  write: (value: number | null) => string;
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
