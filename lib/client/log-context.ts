import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { LogLine } from "#lib/contracts/logs.ts";
import { lineAddress, timeOfAddress } from "#lib/domain/logs/line-address.ts";
import { logSelector } from "#lib/domain/logql/log-query.ts";
import { fetchLines } from "./logs.queries.ts";

const SPAN_NS = 6n * 3_600_000_000_000n;
/** So many lines may share a nanosecond. */
const SAME_MOMENT = 1_000;

/** A line with its neighbours. */
export interface LineContext {
  selector: string;
  /** Newest first. */
  lines: LogLine[];
  before: number;
  after: number;
  /** There are no other lines of the stream within six hours. */
  whole: boolean;
}

interface ContextWanted {
  query: string;
  address: string;
  /** How many lines each way. */
  each: number;
}

/** A line by its address, among those of its stream around it; null when the query does not find it. */
async function readContext(wanted: ContextWanted, signal: AbortSignal): Promise<LineContext | null> {
  const { query, address, each } = wanted;
  const time = timeOfAddress(address);
  if (time === null) return null;
  const atNs = BigInt(time);
  const moment = { startNs: atNs, endNs: atNs + 1n, limit: SAME_MOMENT };
  const found = await fetchLines({ query, ...moment }, signal);
  const line = found.lines.find((one) => lineAddress(one) === address);
  if (!line) return null;
  const selector = logSelector(line.labels);
  const [same, older, newer] = await Promise.all([
    fetchLines({ query: selector, ...moment }, signal),
    fetchLines({ query: selector, startNs: atNs - SPAN_NS, endNs: atNs, limit: each }, signal),
    fetchLines(
      { query: selector, startNs: atNs + 1n, endNs: atNs + SPAN_NS, limit: each, direction: "forward" },
      signal,
    ),
  ]);
  // A query that writes lines anew finds other words than the stream holds: its own line stands in then.
  const there = same.lines.some((one) => lineAddress(one) === address) ? same.lines : [line];
  const place = there.findIndex((one) => lineAddress(one) === address);
  return {
    selector,
    lines: [...newer.lines, ...there, ...older.lines],
    after: newer.lines.length + place,
    before: older.lines.length + there.length - 1 - place,
    whole: !older.limitReached && !newer.limitReached,
  };
}

/** A line in its context: what lies behind changes no more. */
export function lineInContext(wanted: ContextWanted) {
  return queryOptions({
    queryKey: ["line-context", wanted],
    staleTime: Infinity,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => readContext(wanted, signal),
  });
}
