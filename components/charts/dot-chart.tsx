"use client";

import dynamic from "next/dynamic";
import { usePreferences } from "#components/shell/preferences.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { DotDrawing } from "./dot-plot.tsx";

// As for every chart, recharts stays out of the page's first load.
const Plot = dynamic(() => import("./dot-plot.tsx").then((module) => module.DotPlot), {
  ssr: false,
  loading: () => <Skeleton className="h-full" />,
});

interface DotChartProps extends DotDrawing {
  /** What it shows, for those who cannot see it. */
  label: string;
  heightPx?: number;
}

/** Single measurements over time, each a dot: no line pretends that there was something in between. */
export function DotChart({ label, heightPx = 220, ...drawing }: DotChartProps) {
  const { timeZone } = usePreferences().preferences;
  const count = drawing.groups.reduce((sum, { dots }) => sum + dots.length, 0);
  return (
    <figure>
      <div role="img" aria-label={`${label}: ${count} dots.`} style={{ height: heightPx }}>
        <Plot {...drawing} timeZone={timeZone} />
      </div>
      <figcaption className="text-small text-dim mt-1.5 flex flex-wrap gap-x-4 gap-y-0.5">
        {drawing.groups.map(({ name, color, filled, dots }) => (
          <span key={name} className="flex items-center gap-1.5">
            <span
              aria-hidden="true"
              className="size-2.5 rounded-full border-2"
              style={{ borderColor: color, background: filled ? color : "transparent" }}
            />
            {name}: {dots.length}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
