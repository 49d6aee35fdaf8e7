import "server-only";
import { parser } from "@grafana/lezer-logql";
import type { BoardPanel } from "#lib/contracts/boards.ts";
import { languageOf } from "#lib/domain/boards/board.ts";
import { placeholderProblem } from "#lib/domain/boards/fill-query.ts";
import { placeOf } from "#lib/domain/boards/text-place.ts";
import { readLogQuery } from "#lib/domain/logql/read-query.ts";
import { AppError } from "#lib/server/errors.ts";
import { QUERY_LIMITS } from "#lib/server/query/limits.ts";
import { checkPromql } from "#lib/server/query/promql-syntax.ts";

function promqlProblem(query: string): string | null {
  try {
    checkPromql(query, QUERY_LIMITS.maxExprLength);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

function logqlProblem(query: string): string | null {
  if (readLogQuery(query)) return null;
  const cursor = parser.parse(query).cursor();
  while (!cursor.type.isError) {
    if (!cursor.next()) return "it asks for numbers, not for lines";
  }
  const rest = query.slice(cursor.from, cursor.from + 20);
  const near = rest === "" ? "at the end" : `near ${JSON.stringify(rest)}`;
  return `${placeOf(query, cursor.from)}: syntax error ${near}`;
}

function problemOf({ kind, query }: BoardPanel): string | null {
  const language = languageOf(kind);
  const misplaced = placeholderProblem(query, language);
  if (misplaced) return misplaced.message;
  return language === "promql" ? promqlProblem(query) : logqlProblem(query);
}

/** Refuses queries that could not be asked. @throws AppError `invalid` naming each panel and the place in its query */
export function checkPanels(panels: readonly BoardPanel[]): void {
  const fields = panels.flatMap((panel, index) => {
    const problem = problemOf(panel);
    const message = `panel ${index + 1} “${panel.title}”: ${problem}`;
    return problem === null ? [] : [{ path: `panels.${index}.query`, message }];
  });
  const [first] = fields;
  if (first) throw new AppError("invalid", first.message, { fields });
}
