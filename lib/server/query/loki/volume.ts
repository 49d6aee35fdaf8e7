import "server-only";
import type { Measured } from "#lib/contracts/measured.ts";
import { confinementKey } from "#lib/domain/access/matchers.ts";
import { LOG_LEVELS, type LogLevel } from "#lib/domain/logs/levels.ts";
import { readLogQuery } from "#lib/domain/logql/read-query.ts";
import { settings, type SourceSettings } from "#lib/server/env.ts";
import { singleton } from "#lib/server/singleton.ts";
import type { Grid } from "../grid.ts";
import { QUERY_LIMITS } from "../limits.ts";
import type { ReadThrough } from "../read-through.ts";
import type { QueryContext, RangeSeries } from "../types.ts";
import { sourceGuard } from "../upstream-guard.ts";
import { type Kept, wholeQuestion, wholeReads } from "../whole-question.ts";
import { beginLogql, requireLogQuery } from "./begin.ts";
import { queryRange } from "./client.ts";
import { levelOf } from "./level.ts";

const MAX_BYTES = 16 * 1024 * 1024;
const FRESH_MS = 10_000;

/** Lines a bucket, by level; bucket i begins at `startSeconds + i * stepSeconds`. */
export interface LogVolume {
  startSeconds: number;
  stepSeconds: number;
  levels: { level: LogLevel; lines: (number | null)[] }[];
}

/**
 * How many lines a log query finds in each step of a range, by level, worst first; `fromMs` and `toMs` are Unix
 * milliseconds. Lines that a parser of the query cannot read are not counted: Loki refuses to count them.
 * @throws AppError `bad_query` for what answers no lines, else as {@link beginLogql} and Loki itself
 */
export async function logVolume(
  context: QueryContext,
  query: string,
  range: { fromMs: number; toMs: number; stepSeconds: number },
  configured: readonly SourceSettings[] = settings().sources,
): Promise<Measured<LogVolume>> {
  requireLogQuery(query);
  const { source, expr } = beginLogql(context, countedByLevel(query, range.stepSeconds), configured);
  const grid = bucketEnds(range);
  const question = wholeQuestion({
    source,
    nowMs: Date.now,
    family: `${confinementKey(context.actor.confinement)}/${grid.points}/${expr}`,
    exact: String(grid.startSeconds),
    freshMs: FRESH_MS,
    load: async (signal) => {
      const told = await queryRange({ source, signal, limits: QUERY_LIMITS }, { expr, grid });
      const data = { ...startOf(grid), levels: byLevel(told.data, grid.points) };
      return { ...told, data, asOfMs: Math.min(range.toMs, newestMs(data)) };
    },
    standIn: (older) => (overlaps(older.data, grid) ? older : null),
  });
  return volumeRead().read(question, context.signal);
}

function volumeRead(): ReadThrough<LogVolume, Kept<LogVolume>> {
  const options = { maxBytes: MAX_BYTES, nowMs: Date.now, guardOf: sourceGuard };
  return singleton("query.log-volume", () => wholeReads<LogVolume>(options));
}

/** A comment at the query's end must not swallow what follows it. */
function countedByLevel(query: string, stepSeconds: number): string {
  const parses = readLogQuery(query)?.stages.some(({ kind }) => kind !== "lines" && kind !== "filter");
  const readable = parses ? '\n| __error__=""' : "";
  return `sum by (detected_level, level) (count_over_time(${query}${readable}\n[${stepSeconds}s]))`;
}

/** Both have as many buckets of the same length. */
function overlaps({ startSeconds, stepSeconds }: LogVolume, grid: Grid): boolean {
  return Math.abs(startSeconds - startOf(grid).startSeconds) < grid.points * stepSeconds;
}

/** A point counts the step before it: the first bucket holds the range's start, the last one its end. */
function bucketEnds({
  fromMs,
  toMs,
  stepSeconds,
}: {
  fromMs: number;
  toMs: number;
  stepSeconds: number;
}): Grid {
  const first = Math.floor(fromMs / 1000 / stepSeconds) + 1;
  const last = Math.max(first, Math.ceil(toMs / 1000 / stepSeconds));
  return { startSeconds: first * stepSeconds, stepSeconds, points: last - first + 1 };
}

function startOf({ startSeconds, stepSeconds }: Grid): { startSeconds: number; stepSeconds: number } {
  return { startSeconds: startSeconds - stepSeconds, stepSeconds };
}

function byLevel(series: readonly RangeSeries[], points: number): LogVolume["levels"] {
  return LOG_LEVELS.flatMap((level) => {
    const own = series.filter(({ labels }) => levelOf(labels, {}, "") === level);
    if (own.length === 0) return [];
    const lines = Array.from({ length: points }, (_, i) =>
      own.every(({ values }) => values[i] === null)
        ? null
        : own.reduce((sum, { values }) => sum + (values[i] ?? 0), 0),
    );
    return [{ level, lines }];
  });
}

function newestMs({ startSeconds, stepSeconds, levels }: LogVolume): number {
  const newest = Math.max(
    0,
    ...levels.map(({ lines }) => lines.findLastIndex((count) => count !== null) + 1),
  );
  return (startSeconds + newest * stepSeconds) * 1000;
}
