import type { UseQueryResult } from "@tanstack/react-query";
import { problemOf } from "./fetch-json.ts";
import type { PanelView } from "./panel-lines.ts";
import type { Measured } from "#lib/contracts/measured.ts";
import type { QueryText } from "#lib/contracts/panels.ts";

type Answer<T> = Pick<UseQueryResult<Measured<T>>, "data" | "error" | "dataUpdatedAt" | "isPlaceholderData">;

function staleReason({ stale, warnings }: Measured<unknown>, error: Error | null): string | null {
  if (error) {
    const { title, detail } = problemOf(error);
    return `${title}: ${detail}`;
  }
  return stale ? (warnings[0] ?? "No sample arrived for ten minutes") : null;
}

/** A measured answer as panels show it, with whichever state it is in; `queries` are those to "view query". */
export function measuredView<T>(
  { data: answer, error, dataUpdatedAt, isPlaceholderData }: Answer<T>,
  queries: QueryText[] = [],
): PanelView<T> {
  if (!answer) return error ? { state: "failed", problem: problemOf(error) } : { state: "loading" };
  return {
    state: "ready",
    data: answer.data,
    asOf: answer.asOf,
    receivedAt: new Date(dataUpdatedAt).toISOString(),
    queries,
    warnings: answer.warnings,
    partial: answer.partial,
    stale: staleReason(answer, error),
    superseded: isPlaceholderData,
  };
}
