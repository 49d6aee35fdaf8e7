import "server-only";
import { batchAge, batchDurations, batchRecords, batchRuns } from "#lib/domain/signals/batch.ts";
import { rateWindowSeconds } from "#lib/domain/signals/request-queries.ts";
import type { PanelContext, PanelLoader } from "#lib/server/query/panel-loader.ts";
import { gather, mapMeasured } from "#lib/server/services/cluster/gather.ts";
import { chartOf, rangeOf, toChart } from "./chart.ts";
import { knownService } from "./known-service.ts";

const byFigure = ({ figure }: Record<string, string>): string => figure ?? "";

/** Windows that neither overlap nor leave gaps: a run shows at one point of the chart. */
function eachOnce(context: PanelContext): PanelContext {
  return { ...context, stepSeconds: rateWindowSeconds(context.stepSeconds) };
}

/** Runs and failures per step. */
export const batchRunsPanel: PanelLoader<"service.batch-runs"> = async (context, { service }) => {
  const { name } = await knownService(context.actor, service);
  const stepped = eachOnce(context);
  return chartOf(stepped, batchRuns(name, stepped.stepSeconds), { unit: "count", nameOf: byFigure });
};

/**
 * Mean duration of the runs that ended within each step. Most steps have none, so how fresh the chart
 * is follows from the count of runs, which is always there.
 */
export const batchDurationPanel: PanelLoader<"service.batch-duration"> = async (context, { service }) => {
  const { name } = await knownService(context.actor, service);
  const stepped = eachOnce(context);
  const parts = await gather({
    runs: { what: "runs", read: rangeOf(stepped, batchRuns(name, stepped.stepSeconds)) },
    durations: {
      what: "durations",
      read: rangeOf(stepped, batchDurations(name, stepped.stepSeconds)),
      slow: true,
    },
  });
  return mapMeasured(parts, ({ durations }) => {
    const startSeconds = Math.floor(context.range.fromMs / 1000);
    const none = { startSeconds, stepSeconds: stepped.stepSeconds, series: [] };
    return toChart(durations ?? none, { unit: "seconds", nameOf: () => "duration" });
  });
};

/** Age of the last success. */
export const batchAgePanel: PanelLoader<"service.batch-age"> = async (context, { service }) => {
  const { name } = await knownService(context.actor, service);
  return chartOf(context, batchAge(name), { unit: "seconds", nameOf: () => "age of the last success" });
};

/** Records expected and processed per step. */
export const batchRecordsPanel: PanelLoader<"service.batch-records"> = async (context, { service }) => {
  const { name } = await knownService(context.actor, service);
  const stepped = eachOnce(context);
  return chartOf(stepped, batchRecords(name, stepped.stepSeconds), { unit: "count", nameOf: byFigure });
};
