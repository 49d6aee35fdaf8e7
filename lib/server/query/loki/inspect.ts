import "server-only";
import { z } from "zod";
import type { LogFields, LogPatterns } from "#lib/contracts/log-routes.ts";
import type { Measured } from "#lib/contracts/measured.ts";
import { readLogQuery } from "#lib/domain/logql/read-query.ts";
import { ask, jsonOf, misreadAnswer, type UpstreamAnswer } from "../http.ts";
import type { QueryContext } from "../types.ts";
import { beginLogql, requireLogQuery } from "./begin.ts";
import type { LokiCall } from "./client.ts";
import { lokiFailure } from "./failure.ts";
import { askLoki, toldAsOf } from "./spans.ts";

/** What a Loki without the address answers, or one whose operator switched it off. */
const ABSENT = [404, 501];
const MAX_SHOWN = 50;

const PatternsBody = z.object({
  data: z
    .array(z.object({ pattern: z.string(), samples: z.array(z.tuple([z.number(), z.number()])) }))
    .nullish(),
});
const FieldsBody = z.object({
  fields: z
    .array(
      z.object({
        label: z.string(),
        type: z.string().default(""),
        cardinality: z.number().default(0),
        parsers: z.array(z.string()).nullish(),
      }),
    )
    .nullish(),
});

/** A log query over a range; Unix milliseconds. */
interface Inspected {
  query: string;
  fromMs: number;
  toMs: number;
}

/**
 * The patterns of the streams that a query selects, most lines first: its filters do not count, as Loki finds patterns
 * when lines arrive.
 * @throws AppError as {@link beginLogql}, and Loki's own
 */
export async function logPatterns(context: QueryContext, wanted: Inspected): Promise<Measured<LogPatterns>> {
  const read = readLogQuery(wanted.query);
  const selector = read ? wanted.query.slice(read.selector.from, read.selector.to) : wanted.query;
  const body = await inspect(context, { ...wanted, query: selector }, "patterns", PatternsBody);
  if (!body)
    return toldAsOf({ data: { available: false, patterns: [] }, warnings: [], partial: false }, null);
  const patterns = (body.data ?? [])
    .map(({ pattern, samples }) => ({ pattern, lines: samples.reduce((sum, [, count]) => sum + count, 0) }))
    .sort((a, b) => b.lines - a.lines)
    .slice(0, MAX_SHOWN);
  return toldAsOf({ data: { available: true, patterns }, warnings: [], partial: false }, wanted.toMs);
}

/** The fields that Loki detects in a query's lines, those with most values first. Throws as {@link logPatterns}. */
export async function logFields(context: QueryContext, wanted: Inspected): Promise<Measured<LogFields>> {
  const body = await inspect(context, wanted, "detected_fields", FieldsBody);
  if (!body) return toldAsOf({ data: { available: false, fields: [] }, warnings: [], partial: false }, null);
  const fields = (body.fields ?? [])
    .map(({ label, type, cardinality, parsers }) => {
      return { name: label, type, values: cardinality, parsers: parsers ?? [] };
    })
    .sort((a, b) => b.values - a.values)
    .slice(0, MAX_SHOWN);
  return toldAsOf({ data: { available: true, fields }, warnings: [], partial: false }, wanted.toMs);
}

/** The body of an answer; null where the source has no such address. */
async function inspect<T extends z.ZodType>(
  context: QueryContext,
  { query, fromMs, toMs }: Inspected,
  address: "patterns" | "detected_fields",
  schema: T,
): Promise<z.infer<T> | null> {
  requireLogQuery(query);
  const { source, expr } = beginLogql(context, query);
  const params = { query: expr, start: nanoseconds(fromMs), end: nanoseconds(toMs) };
  const read = (answer: UpstreamAnswer) => {
    if (ABSENT.includes(answer.status)) return null;
    if (answer.status !== 200) throw lokiFailure(source, answer);
    const parsed = schema.safeParse(jsonOf(answer));
    if (!parsed.success) throw misreadAnswer(source, answer, parsed.error);
    return parsed.data;
  };
  return askLoki(context, source, ({ signal, limits: { timeoutMs, maxBodyBytes } }: LokiCall) =>
    ask(source, { path: `/loki/api/v1/${address}`, params, timeoutMs, maxBodyBytes, signal }, read),
  );
}

function nanoseconds(ms: number): string {
  return String(BigInt(Math.round(ms)) * 1_000_000n);
}
