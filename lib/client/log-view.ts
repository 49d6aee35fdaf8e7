import {
  createLoader,
  parseAsBoolean,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { DEDUPE_MODES } from "#lib/domain/logs/dedupe.ts";
import { EVERY_LINE } from "#lib/domain/logql/log-query.ts";
import type { TimeRange } from "#lib/contracts/time-range.ts";
import { rangeParams } from "./time-range.ts";

/** How many lines are asked for at once; Loki gives 4,999 and a word that there are more. */
export const LINE_LIMITS = [200, 1_000, 4_999] as const;

/** All that a colleague needs to see the same lines, beside the time range. */
export const LOG_VIEW = {
  q: parseAsString.withDefault(EVERY_LINE),
  limit: parseAsNumberLiteral(LINE_LIMITS).withDefault(1_000),
  wrap: parseAsBoolean.withDefault(false),
  dedupe: parseAsStringLiteral(DEDUPE_MODES).withDefault("none"),
  live: parseAsBoolean.withDefault(false),
  /** A line that is shown in its context: see `lineAddress`. */
  line: parseAsString,
};

/** Reads the view of a page's address. */
export const readLogView = createLoader(LOG_VIEW);

/** The Logs page for a query over a range, with a line opened in its context where one is named by its address. */
export function logsPath(query: string, range: TimeRange, line: string | null = null): string {
  const params = Object.entries({ q: query, ...rangeParams(range), line }).filter(
    ([, value]) => value !== null,
  );
  return `/logs?${new URLSearchParams(params as [string, string][]).toString()}`;
}
