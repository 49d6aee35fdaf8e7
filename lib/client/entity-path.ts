import { rangeParams } from "./time-range.ts";
import type { TimeRange } from "#lib/contracts/time-range.ts";

/** The kinds of things that have a page of their own, by the first segment of its address. */
export type EntityKind = "services" | "nodes";

/** Address of an entity's page, with the range that is being looked at; any name is one path segment. */
export function entityPath(kind: EntityKind, name: string, range?: TimeRange): string {
  const path = `/${kind}/${encodeURIComponent(name)}`;
  const params = Object.entries(range ? rangeParams(range) : {}).filter(([, value]) => value !== null);
  const query = new URLSearchParams(params as [string, string][]).toString();
  return query ? `${path}?${query}` : path;
}

/** The name in a page's address; an escape that is none stays as it was typed. */
export function entityNameOf(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
