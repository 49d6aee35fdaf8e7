"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { AnsweredSpan } from "#lib/client/explore.queries.ts";
import type { Figures } from "#lib/client/explore-answer.ts";
import { chartOf } from "#lib/client/explore-chart.ts";
import { exploreExemplars } from "#lib/client/explore-exemplars.ts";
import type { Unit } from "#lib/contracts/series.ts";
import { formatFigure } from "#lib/format/figure.ts";
import { TimeSeries } from "#components/charts/time-series.tsx";
import { useTimeRange } from "#components/shell/use-time-range.ts";
import { Exemplars } from "./exemplars.tsx";

const CHART_PX = 300;
/** More marks than this hide the lines. */
const MARKED = 20;

interface AnswerGraphProps {
  figures: Figures;
  span: AnsweredSpan;
  unit: Unit;
  /** The query whose exemplars are wanted; null: none are. */
  exemplarsOf: string | null;
  traceUrl: string | null;
}

/** An answer over time; dragging narrows the range, and asks again. */
export function AnswerGraph({ figures, span, unit, exemplarsOf, traceUrl }: AnswerGraphProps) {
  const { setRange } = useTimeRange();
  const data = useMemo(() => chartOf(figures.series, span, unit), [figures, span, unit]);
  const wanted = exemplarsOf !== null;
  const exemplars = useQuery({ ...exploreExemplars(exemplarsOf ?? "", span), enabled: wanted });
  const marks = (wanted ? (exemplars.data ?? []) : []).slice(0, MARKED).map(({ atMs, value }) => ({
    at: new Date(atMs).toISOString(),
    label: formatFigure(value, unit),
    kind: "exemplar" as const,
  }));
  const missing = figures.series.length - data.series.length;
  return (
    <>
      <TimeSeries data={data} label="Answer" heightPx={CHART_PX} marks={marks} onZoom={setRange} />
      {missing > 0 && (
        <p className="text-small text-dim mt-2">
          Drawn are the {data.series.length} series that are highest now; {missing} more stand in the table.
        </p>
      )}
      {wanted && <Exemplars found={exemplars.data} error={exemplars.error} unit={unit} traceUrl={traceUrl} />}
    </>
  );
}
