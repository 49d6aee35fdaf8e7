import "server-only";
import type { LogLine, LogLines } from "#lib/contracts/logs.ts";
import { levelOf } from "./level.ts";
import type { StreamsResult } from "./schema.ts";

/** The end of the span that a limit keeps: `backward` the newest lines, `forward` the oldest. */
export type Direction = "forward" | "backward";

/**
 * Merges streams, newest line first, and cuts to `limit` lines of the end that `direction` names. Loki sends
 * each stream by itself; lines of one nanosecond keep its order.
 */
export function mergeStreams(streams: StreamsResult, limit: number, direction: Direction): LogLines {
  const lines = streams.flatMap(({ stream, values }) =>
    values.map(({ timestampNs, line, fields }): LogLine => {
      return { timestampNs, line, labels: stream, fields, level: levelOf(fields, stream, line) };
    }),
  );
  if (direction === "forward") lines.reverse();
  lines.sort((a, b) => compareNs(b.timestampNs, a.timestampNs));
  const limitReached = lines.length > limit;
  const kept = direction === "forward" ? lines.slice(-limit) : lines.slice(0, limit);
  return { lines: limitReached ? kept : lines, limitReached };
}

/** Orders decimal strings as numbers, without losing their last digits. */
function compareNs(a: string, b: string): number {
  return a.length === b.length ? (a < b ? -1 : a > b ? 1 : 0) : a.length - b.length;
}
