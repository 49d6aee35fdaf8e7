import "server-only";
import type { LogLines } from "#lib/contracts/logs.ts";
import type { Measured } from "#lib/contracts/measured.ts";
import type { SourceSettings } from "#lib/server/env.ts";
import { logqlSelector } from "../confine/logql.ts";
import { QUERY_LIMITS } from "../limits.ts";
import type { Told } from "../told.ts";
import type { QueryContext } from "../types.ts";
import { sourceGuard } from "../upstream-guard.ts";
import { beginLogql, beginLoki, requireLogQuery } from "./begin.ts";
import { labelValues, type LogsQuery, type LokiCall, queryLogs } from "./client.ts";

const DAY_NS = 86_400_000_000_000n;

/** An answer as of the newest thing in it, Unix milliseconds; null when there is nothing. */
export function toldAsOf<T>({ data, warnings, partial }: Told<T>, atMs: number | null): Measured<T> {
  const asOf = atMs === null ? null : new Date(atMs).toISOString();
  return { data, asOf, stale: false, partial, warnings };
}

/** Asks a source past the cache, within its guard: for what is asked once. Throws AppErrors. */
export function askLoki<T>(
  { signal }: QueryContext,
  source: SourceSettings,
  load: (call: LokiCall) => Promise<T>,
): Promise<T> {
  return sourceGuard(source)((work) => load({ source, signal: work, limits: QUERY_LIMITS }), signal);
}

/**
 * The lines of a query within a span, for paging and for what stands around a line.
 * @throws AppError as {@link beginLogql}, `bad_query` for what answers no lines, and Loki's own
 */
export async function linesWithin(
  context: QueryContext,
  { expr: wanted, ...span }: LogsQuery,
): Promise<Measured<LogLines>> {
  requireLogQuery(wanted);
  const question = beginLogql(context, wanted);
  const told = await askLoki(context, question.source, (call) =>
    queryLogs(call, { ...span, expr: question.expr }),
  );
  const newest = told.data.lines[0];
  return toldAsOf(told, newest ? Number(BigInt(newest.timestampNs) / 1_000_000n) : null);
}

/** The values of a label of streams that had lines in the day before `nowMs`, sorted. */
export async function logLabelValues(
  context: QueryContext,
  label: string,
  nowMs: number,
): Promise<Measured<string[]>> {
  const { confinement } = context.actor;
  const source = beginLoki(context);
  const endNs = BigInt(nowMs) * 1_000_000n;
  // Without a selector Loki answers from its index alone.
  const match = confinement.length === 0 ? {} : { match: logqlSelector(confinement) };
  const told = await askLoki(context, source, (call) =>
    labelValues(call, { label, startNs: endNs - DAY_NS, endNs, ...match }),
  );
  return toldAsOf({ ...told, data: told.data.toSorted() }, nowMs);
}
