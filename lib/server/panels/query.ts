import "server-only";
import type { Series } from "#lib/contracts/series.ts";
import { seriesNamer } from "#lib/domain/series/series-namer.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { chooseStep } from "#lib/server/query/grid.ts";
import { searchLogs } from "#lib/server/query/loki/logs.ts";
import { logVolume } from "#lib/server/query/loki/volume.ts";
import type { PanelLoader } from "#lib/server/query/panel-loader.ts";
import { mapMeasured } from "#lib/server/services/cluster/gather.ts";
import { rangeOf, toChart } from "./chart.ts";

/** More lines than this nobody tells apart. */
const MAX_SERIES = 30;
/** Wide enough to be hit by a pointer that drags over them. */
const BAR_PX = 14;

function newestOf({ values }: Series): number {
  return values.findLast((value) => value !== null) ?? -Infinity;
}

/** A PromQL query of somebody's own over the page's range; of very many series those with the highest values. */
export const querySeries: PanelLoader<"query.series"> = async (context, { query, unit }) => {
  authorize(context.actor, "queries:run");
  const answer = await rangeOf(context, query);
  const chart = toChart(answer.data, { unit, nameOf: seriesNamer(answer.data.series) });
  const all = chart.series.length;
  if (all <= MAX_SERIES) return { ...answer, data: chart };
  const series = chart.series.toSorted((a, b) => newestOf(b) - newestOf(a)).slice(0, MAX_SERIES);
  const warnings = [...answer.warnings, `${MAX_SERIES} of ${all} series are shown, the highest`];
  return { ...answer, partial: true, warnings, data: { ...chart, series } };
};

/** The newest lines that a LogQL query of somebody's own finds within the page's range. */
export const queryLogs: PanelLoader<"query.logs"> = async (context, { query, limit }) => {
  authorize(context.actor, "queries:run");
  return searchLogs(context, { query }, context.range, Number(limit));
};

/** How many lines such a query finds, by level; each value counts the step that begins at its place. */
export const queryLogVolume: PanelLoader<"query.log-volume"> = async (context, { query }) => {
  const { range, widthPx } = context;
  const bars = (widthPx / BAR_PX) * 2;
  const stepSeconds = chooseStep((range.toMs - range.fromMs) / 1000, bars, 1);
  return mapMeasured(await logVolume(context, query, { ...range, stepSeconds }), ({ levels, ...grid }) => ({
    ...grid,
    unit: "count" as const,
    series: levels.map(({ level, lines }) => ({ name: level, labels: { level }, values: lines })),
    thresholds: [],
  }));
};
