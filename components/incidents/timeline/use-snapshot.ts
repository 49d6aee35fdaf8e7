"use client";

import { useQuery } from "@tanstack/react-query";
import { type SnapshotWanted, snapshotQuery } from "#lib/client/snapshot.queries.ts";
import type { PanelName, QueryText } from "#lib/contracts/panels.ts";
import type { useSnapshotChoice } from "./snapshot-fields.tsx";

/** As long as the timeline keeps a query. */
const MAX_QUERY = 10_000;

/** A panel of what was chosen, over a span up to the chosen moment. */
export function useSnapshot<N extends PanelName>(
  panel: N,
  { subject, at }: ReturnType<typeof useSnapshotChoice>,
  spanMs: number,
) {
  const toMs = at === null ? 0 : Date.parse(at);
  const wanted: SnapshotWanted<N> = {
    panel,
    params: subject ? { [subject.kind]: subject.name } : {},
    fromMs: toMs - spanMs,
    toMs,
  };
  return useQuery({ ...snapshotQuery(wanted), enabled: subject !== undefined && at !== null });
}

/** The queries behind a snapshot as one text. */
export function queryTextOf(queries: readonly QueryText[]): string {
  return queries
    .map(({ expr }) => expr)
    .join("\n")
    .slice(0, MAX_QUERY);
}
