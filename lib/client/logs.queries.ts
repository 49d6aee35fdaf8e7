import { queryOptions } from "@tanstack/react-query";
import type { LogLines } from "#lib/contracts/logs.ts";
import type { Measured } from "#lib/contracts/measured.ts";
import type { TimeRange } from "#lib/contracts/time-range.ts";
import { fetchJson } from "./fetch-json.ts";
import { rangeBounds } from "./time-range.ts";

const asLogFieldsAnswer = async () => (await import("#lib/contracts/log-routes.ts")).LogFieldsAnswer;
const asLogLabelValues = async () => (await import("#lib/contracts/log-routes.ts")).LogLabelValues;
const asLogLinesAnswer = async () => (await import("#lib/contracts/log-routes.ts")).LogLinesAnswer;
const asLogPatternsAnswer = async () => (await import("#lib/contracts/log-routes.ts")).LogPatternsAnswer;

/** The values that a label of log streams has had over the last day. */
export function logLabelValues(label: "service" | "node") {
  return queryOptions({
    queryKey: ["log-label-values", label],
    staleTime: 60_000,
    retry: false,
    queryFn: async ({ signal }) => {
      const { data } = await fetchJson(asLogLabelValues, `/api/v1/logs/labels?label=${label}`, { signal });
      return data.values;
    },
  });
}

/** A span of one query's lines, in nanoseconds; the end is exclusive. */
export interface LinesWanted {
  query: string;
  startNs: bigint;
  endNs: bigint;
  limit: number;
  direction?: "backward" | "forward";
}

/** Asks for lines of a span. Throws ProblemErrors. */
export async function fetchLines(wanted: LinesWanted, signal: AbortSignal): Promise<LogLines> {
  return (await askLines(wanted, signal)).data;
}

async function askLines(wanted: LinesWanted, signal: AbortSignal): Promise<Measured<LogLines>> {
  const { query, startNs, endNs, limit, direction = "backward" } = wanted;
  const params = new URLSearchParams({
    query,
    start: String(startNs),
    end: String(endNs),
    limit: String(limit),
    direction,
  });
  return fetchJson(asLogLinesAnswer, `/api/v1/logs/lines?${params.toString()}`, { signal });
}

/** The newest lines of a query from an instant on, up to another or up to now; ISO 8601. */
export function measuredLines(wanted: { query: string; from: string; to: string | null; limit: number }) {
  const { query, from, to, limit } = wanted;
  return queryOptions({
    queryKey: ["lines", wanted],
    staleTime: 10_000,
    retry: false,
    queryFn: ({ signal }) => {
      const [startMs, endMs] = [Date.parse(from), to === null ? Date.now() : Date.parse(to)];
      const span = { startNs: nanoseconds(startMs), endNs: nanoseconds(Math.max(startMs, endMs)) + 1n };
      return askLines({ query, ...span, limit }, signal);
    },
  });
}

function nanoseconds(ms: number): bigint {
  return BigInt(ms) * 1_000_000n;
}

interface Inspected {
  query: string;
  range: TimeRange;
}

/** Over a moving range its latest state at the time of asking. */
function inspectParams({ query, range }: Inspected): string {
  const { fromMs, toMs } = rangeBounds(range, Date.now());
  const [from, to] = [fromMs, toMs].map((ms) => new Date(ms).toISOString());
  return new URLSearchParams({ query, from: from ?? "", to: to ?? "" }).toString();
}

/** The fields that the source detects in a query's lines. */
export function logFields(wanted: Inspected) {
  return queryOptions({
    queryKey: ["log-fields", wanted],
    staleTime: 60_000,
    retry: false,
    queryFn: async ({ signal }) =>
      (await fetchJson(asLogFieldsAnswer, `/api/v1/logs/fields?${inspectParams(wanted)}`, { signal })).data,
  });
}

/** The patterns that the source finds in a query's streams. */
export function logPatterns(wanted: Inspected) {
  return queryOptions({
    queryKey: ["log-patterns", wanted],
    staleTime: 60_000,
    retry: false,
    queryFn: async ({ signal }) =>
      (await fetchJson(asLogPatternsAnswer, `/api/v1/logs/patterns?${inspectParams(wanted)}`, { signal }))
        .data,
  });
}
