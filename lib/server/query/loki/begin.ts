import "server-only";
import { answersNumbers, readLogQuery } from "#lib/domain/logql/read-query.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { settings, type SourceSettings } from "#lib/server/env.ts";
import { AppError } from "#lib/server/errors.ts";
import { confineLogql } from "../confine/logql.ts";
import { QUERY_LIMITS } from "../limits.ts";
import { findSource } from "../sources.ts";
import type { QueryContext } from "../types.ts";

/** A LogQL question that somebody may ask: of whom, and in the words that keep it to what they may see. */
export interface LokiQuestion {
  source: SourceSettings;
  expr: string;
}

/**
 * What every question of somebody's own goes through: authorised, of bounded length, kept to what the actor may see.
 * @throws AppError `forbidden`, `query_too_expensive`, `bad_query`, `unavailable` when no Loki is configured
 */
export function beginLogql(
  context: QueryContext,
  query: string,
  configured: readonly SourceSettings[] = settings().sources,
): LokiQuestion {
  const source = beginLoki(context, configured);
  if (query.length > QUERY_LIMITS.maxExprLength) {
    const detail = `the query may have ${QUERY_LIMITS.maxExprLength} characters at most`;
    throw new AppError("query_too_expensive", detail);
  }
  const expr = confineLogql(query, context.actor.confinement);
  context.trace?.({ source: source.name, expr, language: "logql" });
  return { source, expr };
}

/** The source that somebody may ask. Throws AppError `forbidden`, `unavailable` when no Loki is configured. */
export function beginLoki(
  { actor }: QueryContext,
  configured: readonly SourceSettings[] = settings().sources,
): SourceSettings {
  authorize(actor, "queries:run");
  return findSource("loki", undefined, configured);
}

/**
 * Refuses what answers no lines, before Loki would.
 * @throws AppError `bad_query`
 */
export function requireLogQuery(query: string): void {
  if (!readLogQuery(query)) throw noLines();
}

/**
 * Refuses what would be counted for nothing. What the grammar cannot read is left to Loki, which may.
 * @throws AppError `bad_query`
 */
export function refuseNumbers(query: string): void {
  if (answersNumbers(query)) throw noLines();
}

function noLines(): AppError {
  const message = 'the query is no LogQL query for lines, such as {service="checkout"} |= "error"';
  return new AppError("bad_query", message, { fields: [{ path: "query", message }] });
}
