import { eq, labelList, type Matcher, neq, selector } from "#lib/domain/promql/selector.ts";
import { writeSeconds } from "#lib/domain/words/figures.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { BATCH_METRICS } from "./batch-metrics.ts";
import type { Verdict } from "./judge-requests.ts";
import { exceeds } from "./limits.ts";
import { labelledUnion } from "./labelled-union.ts";
import { type Sample, samplesBy } from "./sample.ts";

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 86_400;
const WEEK_SECONDS = 7 * DAY_SECONDS;
/** A daily job may be two hours late before anyone is told; two days and two hours are a lost backup. */
const DAILY_LATE_SECONDS = 26 * HOUR_SECONDS;
const DAILY_LOST_SECONDS = 50 * HOUR_SECONDS;

/** What a batch service reported. */
export interface BatchReading {
  runsLastDay: number | null;
  failuresLastDay: number | null;
  runsLastWeek: number | null;
  lastDurationSeconds: number | null;
  lastSuccessAgeSeconds: number | null;
}
export interface BatchVerdict extends Verdict {
  runsLastDay: number | null;
  failuresLastDay: number | null;
  lastDurationSeconds: number | null;
  lastSuccessAgeSeconds: number | null;
}

function batchSeries(metric: string, service: string | null): string {
  const matcher: Matcher = service === null ? neq("") : eq(service);
  return selector(metric, { service: matcher });
}

const bySum = (expr: string): string => `sum by ${labelList("service")} (${expr})`;

/** Runs and failures of the last day, runs of the last week and the age of the last success, by service. */
export function batchFigures(): string {
  const increase = (metric: string, seconds: number) =>
    bySum(`increase(${batchSeries(metric, null)}[${seconds}s])`);
  const newest = `max by ${labelList("service")} (${batchSeries(BATCH_METRICS.lastSuccess, null)})`;
  return labelledUnion("figure", {
    runsLastDay: increase(BATCH_METRICS.runs, DAY_SECONDS),
    failuresLastDay: increase(BATCH_METRICS.failures, DAY_SECONDS),
    runsLastWeek: increase(BATCH_METRICS.runs, WEEK_SECONDS),
    lastSuccessAgeSeconds: `(time() - ${newest})`,
  });
}

/** Seconds and number of finished runs as they count up, by service: their steps are the runs' durations. */
export function batchDurationCounters(): string {
  return labelledUnion("figure", {
    seconds: bySum(batchSeries(`${BATCH_METRICS.duration}_sum`, null)),
    runs: bySum(batchSeries(`${BATCH_METRICS.duration}_count`, null)),
  });
}

/**
 * How much a counter grew in the window before each point. Runs are too rare for `increase`, whose
 * extrapolation makes 1.25 runs of one; a counter that was reset within the window reads 0 there.
 */
function growth(metric: string, service: string, windowSeconds: number): string {
  const series = batchSeries(metric, service);
  return `clamp_min(${bySum(series)} - ${bySum(`${series} offset ${windowSeconds}s`)}, 0)`;
}

/** Mean duration of the runs that ended in each window, in seconds; absent where none ended. */
export function batchDurations(service: string, windowSeconds: number): string {
  const part = (suffix: string) => growth(`${BATCH_METRICS.duration}_${suffix}`, service, windowSeconds);
  return `${part("sum")} / (${part("count")} > 0)`;
}

/** Runs and failures in each window, told apart by the label `figure`. */
export function batchRuns(service: string, windowSeconds: number): string {
  return labelledUnion("figure", {
    runs: growth(BATCH_METRICS.runs, service, windowSeconds),
    failures: growth(BATCH_METRICS.failures, service, windowSeconds),
  });
}

/** Records expected and processed in each window, told apart by the label `figure`. */
export function batchRecords(service: string, windowSeconds: number): string {
  return labelledUnion("figure", {
    expected: growth(BATCH_METRICS.recordsExpected, service, windowSeconds),
    processed: growth(BATCH_METRICS.recordsProcessed, service, windowSeconds),
  });
}

/** Age of the last success in seconds. */
export function batchAge(service: string): string {
  return `time() - max by ${labelList("service")} (${batchSeries(BATCH_METRICS.lastSuccess, service)})`;
}

/** The batch services in an answer of {@link batchFigures}; runs are whole, extrapolation is rounded away. */
export function readBatches(
  samples: readonly Sample[],
): Map<string, Omit<BatchReading, "lastDurationSeconds">> {
  const services = samplesBy(samples, (labels) => labels.service);
  return new Map(
    [...services].map(([service, own]) => {
      const figure = (name: string) => own.find(({ labels }) => labels.figure === name)?.value ?? null;
      const whole = (name: string) => {
        const value = figure(name);
        return value === null ? null : Math.round(value);
      };
      return [
        service,
        {
          runsLastDay: whole("runsLastDay"),
          failuresLastDay: whole("failuresLastDay"),
          runsLastWeek: whole("runsLastWeek"),
          lastSuccessAgeSeconds: figure("lastSuccessAgeSeconds"),
        },
      ];
    }),
  );
}

/**
 * Duration of the newest run: the last step of the duration histogram's sum over that of its count.
 * Null when no run ended in the range. A counter that fell was reset and says nothing at that step.
 */
export function lastRunSeconds(
  seconds: readonly (number | null)[],
  runs: readonly (number | null)[],
): number | null {
  for (let index = runs.length - 1; index > 0; index -= 1) {
    const ended = difference(runs, index);
    const took = difference(seconds, index);
    if (ended !== null && took !== null && ended > 0 && took >= 0) return took / ended;
  }
  return null;
}

function difference(values: readonly (number | null)[], index: number): number | null {
  const [before, after] = [values[index - 1], values[index]];
  return before == null || after == null ? null : after - before;
}

/** The usual time between runs, from the last week's; null when there was none. */
function usualIntervalSeconds(runsLastWeek: number | null): number | null {
  return runsLastWeek ? WEEK_SECONDS / runsLastWeek : null;
}

/**
 * A failed run in the last day is WARNING. So is a last success older than twice the usual interval
 * (7 days over the runs in them), and for jobs that run daily or more often, or whose interval is
 * unknown, older than 26 h; those are CRITICAL after 50 h. Rarer jobs are CRITICAL after four intervals.
 */
export function judgeBatch(reading: BatchReading): BatchVerdict {
  const { runsLastDay, failuresLastDay, lastDurationSeconds, lastSuccessAgeSeconds } = reading;
  return {
    runsLastDay,
    failuresLastDay,
    lastDurationSeconds,
    lastSuccessAgeSeconds,
    ...batchLevel(reading),
  };
}

function batchLevel({ lastSuccessAgeSeconds: age, failuresLastDay, runsLastWeek }: BatchReading): Verdict {
  const failed = failuresLastDay ? `${countOf(failuresLastDay, "failed run")} in the last day` : null;
  if (age === null && failed) return { level: "WARNING", reason: `${failed}, no success on record` };
  if (age === null) return { level: "UNKNOWN", reason: "no successful run on record" };
  const interval = usualIntervalSeconds(runsLastWeek);
  const { lateSeconds, lostSeconds } = patience(interval);
  const last = `last success ${writeSeconds(age)} ago`;
  const usual = interval === null ? "" : `, usually every ${writeSeconds(interval)}`;
  if (exceeds(age, lostSeconds)) return { level: "CRITICAL", reason: `${last}${usual}` };
  if (exceeds(age, lateSeconds)) return { level: "WARNING", reason: `${last}${usual}` };
  if (failed) return { level: "WARNING", reason: `${failed}, ${last}` };
  return { level: "OK", reason: last };
}

function patience(interval: number | null): { lateSeconds: number; lostSeconds: number } {
  if (interval !== null && interval > DAILY_LATE_SECONDS)
    return { lateSeconds: 2 * interval, lostSeconds: 4 * interval };
  const lateSeconds = Math.min(DAILY_LATE_SECONDS, 2 * (interval ?? DAY_SECONDS));
  return { lateSeconds, lostSeconds: DAILY_LOST_SECONDS };
}
