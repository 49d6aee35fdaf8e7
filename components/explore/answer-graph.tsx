"use client";

import { useMemo } from "react";
import type { AnsweredSpan } from "#lib/client/explore.queries.ts";
import type { Figures } from "#lib/client/explore-answer.ts";
import { chartOf } from "#lib/client/explore-chart.ts";
import type { Unit } from "#lib/contracts/series.ts";
import { TimeSeries } from "#components/charts/time-series.tsx";
import { useTimeRange } from "#components/shell/use-time-range.ts";

const CHART_PX = 300;

interface AnswerGraphProps {
  figures: Figures;
  span: AnsweredSpan;
  unit: Unit;
}

/** An answer over time; dragging narrows the range, and asks again. */
export function AnswerGraph({ figures, span, unit }: AnswerGraphProps) {
  const { setRange } = useTimeRange();
  const data = useMemo(() => chartOf(figures.series, span, unit), [figures, span, unit]);
  const missing = figures.series.length - data.series.length;
  return (
    <>
      <TimeSeries data={data} label="Answer" heightPx={CHART_PX} onZoom={setRange} />
      {missing > 0 && (
        <p className="text-small text-dim mt-2">
          Drawn are the {data.series.length} series that are highest now; {missing} more stand in the table.
        </p>
      )}
    </>
  );
}
