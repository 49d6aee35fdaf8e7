import "server-only";
import { singleton } from "#lib/server/singleton.ts";

/** What the exchanges with a source have shown so far; times are Unix milliseconds. */
export interface SourceHealth {
  lastSeenAtMs: number | null;
  lastFailure: { atMs: number; message: string } | null;
}

/** The record of a source, kept for the life of the process and updated by every exchange. */
export function sourceHealth(source: { kind: string; name: string }): SourceHealth {
  const records = singleton("query.source-health", () => new Map<string, SourceHealth>());
  const key = `${source.kind}/${source.name}`;
  const known = records.get(key) ?? { lastSeenAtMs: null, lastFailure: null };
  records.set(key, known);
  return known;
}
