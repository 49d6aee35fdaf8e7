import "server-only";
import type { z } from "zod";
import type { SourceSettings } from "#lib/server/env.ts";
import { endOf, type Grid } from "../grid.ts";
import { ask, foreignAnswer, jsonOf, misreadAnswer, type UpstreamAnswer } from "../http.ts";
import type { QueryLimits } from "../limits.ts";
import type { Told } from "../told.ts";
import type { InstantSample, RangeSeries, SourceAlert } from "../types.ts";
import { UpstreamError } from "../upstream-error.ts";
import { fingerprint } from "./fingerprint.ts";
import { prometheusFailure } from "./failure.ts";
import {
  AlertsResult,
  BuildInfo,
  Envelope,
  InstantResult,
  LabelValuesResult,
  RangeResult,
} from "./schema.ts";
import { parseValue, readMatrix, readVector } from "./values.ts";

/** Beyond the time the source was given, so that its own timeout arrives first. */
const GRACE_MS = 2_000;

/** One call to a Prometheus-compatible source. */
export interface Call {
  source: SourceSettings;
  signal: AbortSignal;
  limits: QueryLimits;
}

/**
 * Evaluates PromQL at one time, the source's own clock when `atMs` is left out. Scalars are one sample
 * without labels.
 * @throws UpstreamError in Prometheus' words; `bad_query` for strings and range vectors.
 */
export async function queryInstant(
  call: Call,
  query: { expr: string; atMs?: number | undefined },
): Promise<Told<InstantSample[]>> {
  const time: Record<string, string> =
    query.atMs === undefined ? {} : { time: (query.atMs / 1000).toFixed(3) };
  const told = await fetchData(call, "/api/v1/query", { query: query.expr, ...time }, InstantResult);
  return join(told, readInstant(call, told.data));
}

function readInstant(call: Call, data: InstantResult): Told<InstantSample[]> {
  switch (data.resultType) {
    case "vector":
      refuseTooMany(call, data.result.length, 1);
      return readVector(data.result);
    case "scalar": {
      const [timestampSeconds, text] = data.result;
      return {
        data: [{ labels: {}, timestampSeconds, value: parseValue(text) }],
        warnings: [],
        partial: false,
      };
    }
    case "string":
    case "matrix": {
      const kind = data.resultType === "matrix" ? "a range vector" : "a string";
      throw new UpstreamError("refused", "bad_query", `the query answers ${kind}, not numbers at one time`);
    }
  }
}

/** Evaluates PromQL at every point of a grid. Throws as {@link queryInstant} does. */
export async function queryRange(
  call: Call,
  query: { expr: string; grid: Grid },
): Promise<Told<RangeSeries[]>> {
  const { expr, grid } = query;
  const params = {
    query: expr,
    start: String(grid.startSeconds),
    end: String(endOf(grid)),
    step: String(grid.stepSeconds),
  };
  const told = await fetchData(call, "/api/v1/query_range", params, RangeResult);
  refuseTooMany(call, told.data.result.length, grid.points);
  return join(told, readMatrix(told.data.result, grid));
}

/** The values of a label, optionally only of series that match a selector. */
export function labelValues(call: Call, query: { label: string; match?: string }): Promise<Told<string[]>> {
  const params: Record<string, string> = query.match === undefined ? {} : { "match[]": query.match };
  const path = `/api/v1/label/${encodeURIComponent(query.label)}/values`;
  return fetchData(call, path, params, LabelValuesResult);
}

/** Firing and pending alerts of the source's rules. */
export async function ruleAlerts(call: Call): Promise<Told<SourceAlert[]>> {
  const told = await fetchData(call, "/api/v1/alerts", {}, AlertsResult);
  const data = told.data.alerts.flatMap(({ labels, annotations, state, activeAt }) =>
    state === "inactive"
      ? []
      : [
          {
            fingerprint: fingerprint(labels),
            labels,
            annotations,
            state,
            startedAt: new Date(activeAt).toISOString(),
          },
        ],
  );
  return { ...told, data };
}

/** The cheapest question that only a Prometheus-compatible API answers. */
export function buildInfo(call: Call): Promise<Told<BuildInfo>> {
  return fetchData(call, "/api/v1/status/buildinfo", {}, BuildInfo);
}

function fetchData<T extends z.ZodType>(
  call: Call,
  path: string,
  params: Record<string, string>,
  schema: T,
): Promise<Told<z.infer<T>>> {
  const { source, signal, limits } = call;
  const wanted = {
    path,
    params: { ...params, timeout: `${limits.timeoutMs}ms` },
    timeoutMs: limits.timeoutMs + GRACE_MS,
    maxBodyBytes: limits.maxBodyBytes,
    signal,
  };
  return ask(source, wanted, (answer) => readData(source, answer, schema));
}

function readData<T extends z.ZodType>(
  source: SourceSettings,
  answer: UpstreamAnswer,
  schema: T,
): Told<z.infer<T>> {
  const envelope = Envelope.safeParse(jsonOf(answer));
  if (!envelope.success) throw foreignAnswer(source, answer);
  if (envelope.data.status === "error") {
    throw prometheusFailure(envelope.data.errorType, envelope.data.error);
  }
  const { data, warnings, infos } = envelope.data;
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw misreadAnswer(source, answer, parsed.error);
  return { data: parsed.data, warnings: [...warnings, ...infos], partial: warnings.some(saysMissing) };
}

/** PromQL's own warnings are about the query; all others come from storage that could not give everything. */
function saysMissing(warning: string): boolean {
  return !/^PromQL (?:warning|info):/.test(warning);
}

function refuseTooMany(call: Call, series: number, points: number): void {
  const { maxSeries, maxValues } = call.limits;
  if (series <= maxSeries && series * points <= maxValues) return;
  throw new UpstreamError(
    "refused",
    "query_too_expensive",
    `the answer has ${series} series of ${points} points; at most ${maxSeries} series and ${maxValues} values`,
  );
}

function join<T>(outer: Told<unknown>, inner: Told<T>): Told<T> {
  return {
    data: inner.data,
    warnings: [...outer.warnings, ...inner.warnings],
    partial: outer.partial || inner.partial,
  };
}
