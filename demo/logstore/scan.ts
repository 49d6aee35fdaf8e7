import { setImmediate } from "node:timers/promises";
import type { Labels } from "./labels.ts";
import { lowerBound, type Entry, type LogStore, type Stream } from "./log-store.ts";
import type { LogExpression } from "./logql/metric-expression.ts";
import type { Row } from "./logql/row.ts";
import { LokiError } from "./loki-error.ts";
import type { Span } from "./parameters.ts";

/** A line that passed its pipeline. */
export interface Hit {
  timestampNs: bigint;
  line: string;
  streamLabels: Labels;
  metadata: Labels;
  parsed: Labels;
}

/** How long a query may take and whether anybody still waits for it. */
export interface Patience {
  deadlineMs: number;
  signal: AbortSignal;
}

const ENTRIES_BETWEEN_PAUSES = 500;

/**
 * Runs a log expression over the lines of a span, stream by stream, each oldest first. Lets other requests
 * in between; throws LokiError 504 past the deadline, 499 when the client has gone.
 */
export async function* scan(
  store: LogStore,
  expression: LogExpression,
  { startNs, endNs }: Span,
  patience: Patience,
): AsyncGenerator<Hit> {
  let seen = 0;
  for (const stream of store.streams([expression.selector], startNs, endNs)) {
    const { entries } = stream;
    const end = lowerBound(entries, endNs);
    for (let i = lowerBound(entries, startNs); i < end; i++) {
      if (++seen % ENTRIES_BETWEEN_PAUSES === 0) await pause(patience);
      const entry = entries[i];
      const hit = entry && run(expression, stream, entry);
      if (hit) yield hit;
    }
  }
}

/** Runs a log expression on one line; null when a stage drops it. */
export function run(
  { stages }: LogExpression,
  { labels }: Pick<Stream, "labels">,
  { timestampNs, line, metadata }: Omit<Entry, "segment">,
): Hit | null {
  const row: Row = { line, streamLabels: labels, metadata, parsed: new Map() };
  if (!stages.every((stage) => stage(row))) return null;
  return { timestampNs, line, streamLabels: labels, metadata, parsed: row.parsed };
}

async function pause({ deadlineMs, signal }: Patience): Promise<void> {
  await setImmediate();
  if (signal.aborted) throw new LokiError(499, "the client went away");
  if (performance.now() > deadlineMs) {
    throw new LokiError(
      504,
      "request timed out, decrease the duration of the request or add more label matchers",
    );
  }
}
