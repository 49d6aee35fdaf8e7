import "server-only";
import type { LogLine, LogLines } from "#lib/contracts/logs.ts";
import type { Measured } from "#lib/contracts/measured.ts";
import { confinementKey } from "#lib/domain/access/matchers.ts";
import { logSelector } from "#lib/domain/logql/log-query.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { AppError } from "#lib/server/errors.ts";
import { settings, type SourceSettings } from "#lib/server/env.ts";
import { singleton } from "#lib/server/singleton.ts";
import { confineLogql } from "../confine/logql.ts";
import { QUERY_LIMITS } from "../limits.ts";
import type { Answer, ReadThrough } from "../read-through.ts";
import { findSource } from "../sources.ts";
import type { Labels, QueryContext } from "../types.ts";
import { sourceGuard } from "../upstream-guard.ts";
import { type Kept, wholeQuestion, wholeReads } from "../whole-question.ts";
import { refuseNumbers } from "./begin.ts";
import { queryLogs, type SpanNs } from "./client.ts";

const MAX_BYTES = 16 * 1024 * 1024;
/** Less than a page's refresh interval, so that each refresh finds the newest lines. */
const FRESH_MS = 10_000;
/** Loki refuses spans over 30 days and an hour by default. */
const MAX_SPAN_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * The newest lines of the streams with these labels, newest first; `fromMs` and `toMs` are Unix milliseconds.
 * Of a span over 30 days only the last 30 are searched, which a warning says.
 * When Loki is down, what it said last for the same labels stands in, marked stale.
 * @throws AppError `invalid` naming the label, `unavailable` when no Loki is configured, else Loki's own error.
 */
export async function recentLogs(
  context: QueryContext,
  selector: { labels: Labels; source?: string },
  range: { fromMs: number; toMs: number },
  limit: number,
  configured: readonly SourceSettings[] = settings().sources,
): Promise<Measured<LogLines>> {
  authorize(context.actor, "measurements:read");
  return searchLogs(context, { ...selector, query: selectorOf(selector.labels) }, range, limit, configured);
}

/**
 * The newest lines that a LogQL log query finds, as {@link recentLogs} those of labels.
 * @throws AppError `bad_query` where it asks for numbers or cannot be kept to what the actor may see.
 */
export async function searchLogs(
  context: QueryContext,
  { query: wanted, source: name }: { query: string; source?: string },
  range: { fromMs: number; toMs: number },
  limit: number,
  configured: readonly SourceSettings[] = settings().sources,
): Promise<Measured<LogLines>> {
  refuseNumbers(wanted);
  const source = findSource("loki", name, configured);
  const { confinement } = context.actor;
  const expr = confineLogql(wanted, confinement);
  context.trace?.({ source: source.name, expr, language: "logql" });
  const { toMs } = range;
  const fromMs = Math.max(range.fromMs, toMs - MAX_SPAN_DAYS * DAY_MS);
  const cut = fromMs === range.fromMs ? [] : [`logs are searched over ${MAX_SPAN_DAYS} days at most`];
  const question = wholeQuestion({
    source,
    nowMs: Date.now,
    family: `${confinementKey(confinement)}/${limit}/${toMs - range.fromMs}/${expr}`,
    exact: String(Math.floor(toMs / FRESH_MS)),
    freshMs: FRESH_MS,
    load: async (signal) => {
      const span = { startNs: nanoseconds(fromMs), endNs: nanoseconds(toMs) };
      const query = { expr, ...span, limit, direction: "backward" as const };
      const told = await queryLogs({ source, signal, limits: QUERY_LIMITS }, query);
      return { ...told, asOfMs: newestMs(told.data) };
    },
    standIn: (older) => within(older, { startNs: nanoseconds(fromMs), endNs: nanoseconds(toMs) }),
  });
  const answer = await logsRead().read(question, context.signal);
  return { ...answer, warnings: [...answer.warnings, ...cut] };
}

function logsRead(): ReadThrough<LogLines, Kept<LogLines>> {
  const options = { maxBytes: MAX_BYTES, nowMs: Date.now, guardOf: sourceGuard };
  return singleton("query.logs", () => wholeReads<LogLines>(options));
}

/** Lines of another range of the same length are none of this one. */
function within(older: Answer<LogLines>, { startNs, endNs }: SpanNs): Answer<LogLines> | null {
  const isIn = ({ timestampNs }: LogLine) => BigInt(timestampNs) >= startNs && BigInt(timestampNs) < endNs;
  const lines = older.data.lines.filter(isIn);
  return lines.length === 0 ? null : { ...older, data: { ...older.data, lines } };
}

function selectorOf(labels: Labels): string {
  try {
    return logSelector(labels);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const fields = Object.keys(labels).map((path) => ({ path, message: error.message }));
    throw new AppError("invalid", error.message, { fields });
  }
}

function nanoseconds(ms: number): bigint {
  return BigInt(Math.round(ms)) * 1_000_000n;
}

function newestMs({ lines }: LogLines): number | null {
  const newest = lines[0];
  return newest ? Number(BigInt(newest.timestampNs) / 1_000_000n) : null;
}
