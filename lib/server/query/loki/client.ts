import "server-only";
import type { z } from "zod";
import type { LogLines } from "#lib/contracts/logs.ts";
import type { SourceSettings } from "#lib/server/env.ts";
import { AppError } from "#lib/server/errors.ts";
import { endOf, type Grid } from "../grid.ts";
import { ask, jsonOf, misreadAnswer, type UpstreamAnswer } from "../http.ts";
import type { QueryLimits } from "../limits.ts";
import { parseValue } from "../prometheus/values.ts";
import type { Told } from "../told.ts";
import type { InstantSample, Labels, RangeSeries } from "../types.ts";
import { UpstreamError } from "../upstream-error.ts";
import { lokiFailure } from "./failure.ts";
import { mergeStreams, type Direction } from "./lines.ts";
import { BuildInfo, Envelope, InstantResult, NamesResult, RangeResult, SeriesResult } from "./schema.ts";

/** Loki refuses more than 5,000 lines by default, and one more than wanted is asked for. */
export const MAX_LINES = 4_999;
const CATEGORIZE = { "x-loki-response-encoding-flags": "categorize-labels" };

/** One call to a Loki-compatible source. */
export interface LokiCall {
  source: SourceSettings;
  signal: AbortSignal;
  limits: QueryLimits;
}

/** A span in nanoseconds since 1970; the end is exclusive for lines. */
export interface SpanNs {
  startNs: bigint;
  endNs: bigint;
}

export interface LogsQuery extends SpanNs {
  expr: string;
  /** Lines wanted, 1 to 4,999. */
  limit: number;
  direction: Direction;
}

/**
 * The lines of a log query, newest first, over all its streams.
 * @throws AppError `invalid` naming `limit`; UpstreamError in Loki's words, `bad_query` for a metric query.
 */
export async function queryLogs(call: LokiCall, query: LogsQuery): Promise<Told<LogLines>> {
  const { expr, limit, direction } = query;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LINES) {
    const message = `must be a whole number from 1 to ${MAX_LINES}`;
    throw new AppError("invalid", `limit ${message}`, { fields: [{ path: "limit", message }] });
  }
  const params = { query: expr, ...span(query), limit: String(limit + 1), direction };
  const told = await fetchData(call, "query_range", params, RangeResult, CATEGORIZE);
  if (told.data.resultType !== "streams") throw wrongKind("numbers, not lines");
  return { ...told, data: mergeStreams(told.data.result, limit, direction) };
}

/**
 * A metric query at every point of a grid, whose times must be multiples of its step as Loki's are.
 * @throws UpstreamError in Loki's words, `bad_query` for a log query.
 */
export async function queryRange(
  call: LokiCall,
  { expr, grid }: { expr: string; grid: Grid },
): Promise<Told<RangeSeries[]>> {
  const params = {
    query: expr,
    start: String(grid.startSeconds),
    end: String(endOf(grid)),
    step: String(grid.stepSeconds),
  };
  const told = await fetchData(call, "query_range", params, RangeResult);
  if (told.data.resultType !== "matrix") throw wrongKind("lines, not numbers");
  const data = told.data.result.map(({ metric, values }) => ({
    labels: metric,
    values: onGrid(values, grid),
  }));
  return { ...told, data };
}

/** Points that Loki adds past the end of the grid are left out. */
function onGrid(samples: readonly (readonly [number, string])[], grid: Grid): (number | null)[] {
  const values = new Array<number | null>(grid.points).fill(null);
  for (const [seconds, text] of samples) {
    const index = (seconds - grid.startSeconds) / grid.stepSeconds;
    if (Number.isInteger(index) && index >= 0 && index < grid.points) values[index] = parseValue(text);
  }
  return values;
}

/**
 * A metric query at one time. A scalar is one sample without labels, at the time asked for: Loki's own
 * timestamp of scalars is wrong. Throws UpstreamError in Loki's words.
 */
export async function queryInstant(
  call: LokiCall,
  { expr, atMs }: { expr: string; atMs: number },
): Promise<Told<InstantSample[]>> {
  const params = { query: expr, time: String(BigInt(Math.round(atMs)) * 1_000_000n) };
  const told = await fetchData(call, "query", params, InstantResult);
  if (told.data.resultType === "scalar") {
    const value = parseValue(told.data.result[1]);
    return { ...told, data: [{ labels: {}, timestampSeconds: atMs / 1000, value }] };
  }
  const data = told.data.result.map(({ metric, value: [timestampSeconds, text] }) => {
    return { labels: metric, timestampSeconds, value: parseValue(text) };
  });
  return { ...told, data };
}

/** Label names of the streams with lines in a span. */
export function labelNames(call: LokiCall, range: SpanNs): Promise<Told<string[]>> {
  return fetchData(call, "labels", span(range), NamesResult);
}

/** The values of a label, optionally only of streams that match a selector. */
export function labelValues(
  call: LokiCall,
  query: SpanNs & { label: string; match?: string },
): Promise<Told<string[]>> {
  const match: Record<string, string> = query.match === undefined ? {} : { query: query.match };
  const path = `label/${encodeURIComponent(query.label)}/values`;
  return fetchData(call, path, { ...span(query), ...match }, NamesResult);
}

/** The label sets of the streams that match a selector. */
export function series(call: LokiCall, query: SpanNs & { match: string }): Promise<Told<Labels[]>> {
  return fetchData(call, "series", { ...span(query), "match[]": query.match }, SeriesResult);
}

/** The version of a Loki; answered also while `/ready` still says 503. */
export function getVersion(call: LokiCall): Promise<string> {
  const version = (answer: UpstreamAnswer) => parse(call.source, answer, BuildInfo, jsonOf(answer)).version;
  return read(call, "status/buildinfo", {}, version);
}

function span({ startNs, endNs }: SpanNs): { start: string; end: string } {
  return { start: paddedNs(startNs), end: paddedNs(endNs) };
}

/** Loki takes up to ten digits for seconds, and only times in 1970 have so few nanoseconds. */
function paddedNs(ns: bigint): string {
  return String(ns).padStart(11, "0");
}

function fetchData<T extends z.ZodType>(
  call: LokiCall,
  path: string,
  params: Record<string, string>,
  schema: T,
  headers: Record<string, string> = {},
): Promise<Told<z.infer<T>>> {
  const told = (answer: UpstreamAnswer) => {
    const { data, warnings } = parse(call.source, answer, Envelope, jsonOf(answer));
    return { data: parse(call.source, answer, schema, data), warnings, partial: warnings.length > 0 };
  };
  return read(call, path, params, told, headers);
}

function read<T>(
  { source, signal, limits }: LokiCall,
  path: string,
  params: Record<string, string>,
  told: (answer: UpstreamAnswer) => T,
  headers: Record<string, string> = {},
): Promise<T> {
  const { timeoutMs, maxBodyBytes } = limits;
  const wanted = { path: `/loki/api/v1/${path}`, params, headers, timeoutMs, maxBodyBytes, signal };
  return ask(source, wanted, (answer) => {
    if (answer.status !== 200) throw lokiFailure(source, answer);
    return told(answer);
  });
}

/** An answer, or a part of it, in its shape. */
function parse<T extends z.ZodType>(
  source: SourceSettings,
  answer: UpstreamAnswer,
  schema: T,
  value: unknown,
): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw misreadAnswer(source, answer, parsed.error);
  return parsed.data;
}

function wrongKind(kind: string): UpstreamError {
  return new UpstreamError("refused", "bad_query", `the query answers ${kind}`);
}
