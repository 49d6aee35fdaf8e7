import type { ExportDecisions } from "#lib/contracts/decisions.ts";
import type { DecisionFilter } from "./decisions.queries.ts";

/** The address of the matching records as a file. */
export function decisionsFilePath(filter: DecisionFilter, format: ExportDecisions["format"]): string {
  return `/api/v1/decisions/export?${new URLSearchParams({ ...filter, format })}`;
}
