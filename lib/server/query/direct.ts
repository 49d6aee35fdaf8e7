import "server-only";
import { authorize } from "#lib/server/auth/authorize.ts";
import { confinePromql } from "./confine/promql.ts";
import { alignGrid } from "./grid.ts";
import { QUERY_LIMITS, type QueryLimits } from "./limits.ts";
import { queryInstant, queryRange } from "./prometheus/client.ts";
import { checkPromql } from "./promql-syntax.ts";
import { findSource } from "./sources.ts";
import type { Told } from "./told.ts";
import type { InstantSample, QueryContext, RangeData, RangeQuery } from "./types.ts";
import { sourceGuard } from "./upstream-guard.ts";

const MEBIBYTE = 1024 * 1024;
/** One question for many SLOs is as large as all of theirs together. */
const WIDE_LIMITS: QueryLimits = {
  ...QUERY_LIMITS,
  maxSeries: 100_000,
  maxValues: 8_000_000,
  maxBodyBytes: 192 * MEBIBYTE,
  maxExprLength: 256 * 1024,
  timeoutMs: 60_000,
};

function begin(context: QueryContext, question: { expr: string; source?: string }) {
  authorize(context.actor, "measurements:read");
  const source = findSource("prometheus", question.source);
  checkPromql(question.expr, WIDE_LIMITS.maxExprLength);
  const expr = confinePromql(question.expr, context.actor.confinement);
  context.trace?.({ source: source.name, expr });
  return { source, expr };
}

/**
 * Asks a source itself, past the cache, for what is written down: older data never stands in, and answers may be
 * wide. Throws as the query plane does.
 */
export async function askRange(context: QueryContext, query: RangeQuery): Promise<Told<RangeData>> {
  const { source, expr } = begin(context, query);
  const grid = alignGrid(query, WIDE_LIMITS);
  const told = await sourceGuard(source)(
    (signal) => queryRange({ source, signal, limits: WIDE_LIMITS }, { expr, grid }),
    context.signal,
  );
  const { startSeconds, stepSeconds } = grid;
  return { ...told, data: { startSeconds, stepSeconds, series: told.data } };
}

/** As {@link askRange}, at one time; the source's own now when `atMs` is left out. */
export async function askInstant(
  context: QueryContext,
  query: { expr: string; atMs?: number; source?: string },
): Promise<Told<InstantSample[]>> {
  const { source, expr } = begin(context, query);
  return sourceGuard(source)(
    (signal) => queryInstant({ source, signal, limits: WIDE_LIMITS }, { expr, atMs: query.atMs }),
    context.signal,
  );
}
