import { answerLogs } from "./log-answer.ts";
import type { LogStore } from "./log-store.ts";
import type { Grid } from "./logql/evaluate.ts";
import { compileLogExpression, compileMetric } from "./logql/metric-expression.ts";
import { parseSelector, type Selector } from "./logql/selector.ts";
import { parseLogql } from "./logql/syntax.ts";
import { answerInstant, answerRange } from "./metric-answer.ts";
import { LokiError, unsupported } from "./loki-error.ts";
import {
  checkQuerySpan,
  parseDirection,
  parseLimit,
  parseSpan,
  parseStepNs,
  parseTimeNs,
  type Span,
} from "./parameters.ts";
import type { Patience } from "./scan.ts";

const LABELS_DEFAULT_HOURS = 6;
const QUERY_DEFAULT_HOURS = 1;

/** One read of the API: its parameters from URL and form, and who asks. */
export interface ReadRequest {
  params: URLSearchParams;
  nowNs: bigint;
  categorize: boolean;
  patience: Patience;
}

/** Label names, or the values of one label. Without any, `data` is left out. */
export function labels(store: LogStore, request: ReadRequest, name: string | null): object {
  const query = request.params.get("query");
  const selectors = query ? [parseSelector(query)] : [];
  const { startNs, endNs } = parseSpan(request.params, request.nowNs, LABELS_DEFAULT_HOURS);
  const found = store
    .streams(selectors, startNs, endNs)
    .flatMap(({ labels: own }) => (name === null ? [...own.keys()] : [own.get(name) ?? ""]))
    .filter((text) => text !== "");
  return found.length === 0 ? {} : { data: [...new Set(found)].sort() };
}

/** The label sets of the streams that satisfy one of the `match[]` selectors. */
export function series(store: LogStore, request: ReadRequest): object {
  const selectors: Selector[] = request.params.getAll("match[]").map(parseSelector);
  const { startNs, endNs } = parseSpan(request.params, request.nowNs, LABELS_DEFAULT_HOURS);
  const streams = store.streams(selectors, startNs, endNs);
  return { data: streams.map(({ labels: own }) => Object.fromEntries(own)) };
}

/** `query`: a metric query at one time. */
export async function query(store: LogStore, request: ReadRequest): Promise<object> {
  const expression = parseLogql(request.params.get("query") ?? "");
  if (expression.node.name === "LogExpr") {
    const advice = "please change your query to a range query type";
    throw new LokiError(400, `log queries are not supported as an instant query type, ${advice}`);
  }
  const time = request.params.get("time");
  const timeNs = time ? parseTimeNs(time) : request.nowNs;
  return { data: await answerInstant(store, compileMetric(expression), timeNs, request.patience) };
}

/** `query_range`: lines, or a metric query on a grid. */
export async function queryRange(store: LogStore, request: ReadRequest): Promise<object> {
  const { params, patience, categorize } = request;
  const expression = parseLogql(params.get("query") ?? "");
  const span = parseSpan(params, request.nowNs, QUERY_DEFAULT_HOURS);
  checkQuerySpan(span);
  if (params.has("interval")) throw unsupported("the parameter interval");
  const limit = parseLimit(params);
  const direction = parseDirection(params);
  if (expression.node.name === "LogExpr") {
    const wanted = { expression: compileLogExpression(expression), span, limit, direction, categorize };
    return { data: await answerLogs(store, wanted, patience) };
  }
  const grid = alignedGrid(span, parseStepNs(params, span));
  return { data: await answerRange(store, compileMetric(expression), grid, patience) };
}

/** Multiples of the step around the span: the first may lie before its start, the last after its end. */
function alignedGrid({ startNs, endNs }: Span, stepNs: bigint): Grid {
  const first = startNs / stepNs;
  const last = (endNs + stepNs - 1n) / stepNs;
  return { startNs: first * stepNs, stepNs, count: Number(last - first) + 1 };
}
