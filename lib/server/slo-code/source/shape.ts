import "server-only";
import type { z } from "zod";
import type { SourceDocument } from "./document.ts";
import type { Path } from "./problem.ts";

const MAX_NOTES = 100;

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

/** The value at a path of plain data; undefined where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, step) => (isFields(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined),
    value,
  );
}

/** Paths of the fields that a schema did not take over. */
function untaken(given: unknown, taken: unknown, path: Path): Path[] {
  if (!isFields(given) || !isFields(taken)) return [];
  return Object.entries(given).flatMap(([key, value]) => {
    const here = [...path, Array.isArray(given) ? Number(key) : key];
    return Object.hasOwn(taken, key) ? untaken(value, taken[key], here) : [here];
  });
}

/**
 * A part of a document in its shape. What does not fit is noted as an error with its place, and the answer is null;
 * fields that the shape does not know are noted as warnings.
 */
export function readShape<S extends z.ZodType>(
  document: SourceDocument,
  at: Path,
  schema: S,
): z.infer<S> | null {
  const given = valueAt(document.value, at);
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues.slice(0, MAX_NOTES)) {
      const steps = path.filter((step) => typeof step !== "symbol");
      document.note("error", [...at, ...steps], message);
    }
    return null;
  }
  for (const path of untaken(given, parsed.data, at).slice(0, MAX_NOTES))
    document.note("warning", path, `"${path.at(-1)}" has no counterpart here and is not taken over.`);
  return parsed.data;
}
