import "server-only";
import { parser } from "@prometheus-io/lezer-promql";
import { AppError } from "#lib/server/errors.ts";

/**
 * Refuses text that is no PromQL before it goes anywhere; types and label conflicts are left to the source.
 * @throws AppError `bad_query` with line and column (from 1) of the first error.
 */
export function checkPromql(expr: string, maxLength: number): void {
  if (expr.length > maxLength) {
    throw refusal(`the query has ${expr.length} characters, more than ${maxLength}`);
  }
  if (expr.trim() === "") throw refusal("the query is empty");
  const position = firstError(expr);
  if (position === null) return;
  const before = expr.slice(0, position).split("\n");
  const place = `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
  const rest = expr.slice(position, position + 20);
  throw refusal(`${place}: syntax error ${rest === "" ? "at the end" : `near ${JSON.stringify(rest)}`}`);
}

function firstError(expr: string): number | null {
  const cursor = parser.parse(expr).cursor();
  do {
    if (cursor.type.isError) return callsUnknownFunction(expr, cursor.from) ? null : cursor.from;
  } while (cursor.next());
  return null;
}

/** What looks at the ends of its range, or at samples behind a point: `@`, `start()`, `[range()]`, `smoothed`. */
const BOUND = new Set(["StepInvariantExpr", "StartFn", "EndFn", "Range", "DurationRange", "SmoothedExpr"]);

/**
 * True when each point of a range of `expr` depends on its own time and the past of it alone, so that ranges can be
 * joined from parts: not with `@` and its like, nor with an offset into the future.
 */
export function pointsStandAlone(expr: string): boolean {
  const cursor = parser.parse(expr).cursor();
  do {
    if (BOUND.has(cursor.name)) return false;
    if (cursor.name === "OffsetExpr" && reachesAhead(expr.slice(cursor.from, cursor.to))) return false;
  } while (cursor.next());
  return true;
}

/** An offset that is not plainly a duration backwards. */
function reachesAhead(offsetExpr: string): boolean {
  return !/\boffset\s+\d[\w]*$/i.test(offsetExpr);
}

/** To the grammar an unknown function is an error, but only the source knows which ones it has. */
function callsUnknownFunction(expr: string, position: number): boolean {
  return expr[position] === "(" && /[a-zA-Z_]\w*\s*$/.test(expr.slice(0, position));
}

function refusal(message: string): AppError {
  return new AppError("bad_query", message, { fields: [{ path: "expr", message }] });
}
