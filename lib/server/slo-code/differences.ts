import "server-only";
import type { SloDefinition } from "#lib/domain/slo/definition/definition.ts";

/** A field that two definitions have different values for; undefined where one has none. */
export interface Difference {
  /** Dotted, as in `objectives.0.target`. */
  path: string;
  before: unknown;
  after: unknown;
}

function isNested(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function compare(before: unknown, after: unknown, path: string): Difference[] {
  if (Object.is(before, after)) return [];
  if (!isNested(before) || !isNested(after) || Array.isArray(before) !== Array.isArray(after))
    return [{ path, before, after }];
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields].flatMap((field) =>
    compare(before[field], after[field], path === "" ? field : `${path}.${field}`),
  );
}

/** What changes from one definition to another, field by field; empty when they say the same. */
export function differences(before: SloDefinition, after: SloDefinition): Difference[] {
  return compare(before, after, "");
}
