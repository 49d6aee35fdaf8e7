import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import {
  DecisionKind,
  DecisionPage,
  DecisionRecord,
  DecisionsVerdict,
  Recomputed,
} from "#lib/contracts/decisions.ts";
import { Decision } from "#lib/contracts/gate-policy.ts";
import { fetchJson } from "./fetch-json.ts";
import { RELEASES_KEY } from "./releases.queries.ts";

const PATH = "/api/v1/decisions";
const LIVE_MS = 10_000;
const FRESH_MS = 5_000;
const pathOf = (record: string) => `${PATH}/${encodeURIComponent(record)}`;

/** What the log is narrowed to. */
export interface DecisionFilter {
  service?: string;
  release?: string;
  kind?: DecisionKind;
  decision?: z.infer<typeof Decision>;
  /** Instants, ISO 8601. */
  from?: string;
  to?: string;
}
export type DecisionParams = Partial<Record<keyof DecisionFilter, string | string[]>>;

const text = z.string().min(1).max(64).optional().catch(undefined);
const Params = z.object({
  service: text,
  release: text,
  kind: DecisionKind.optional().catch(undefined),
  decision: Decision.optional().catch(undefined),
});

/** The filter in the address of the log; what cannot be read narrows nothing. */
export function readDecisionFilter(params: DecisionParams): DecisionFilter {
  const known = Object.entries(Params.parse(params)).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known);
}

/** The filter as the API takes it in a query string. */
function queryText(filter: DecisionFilter, cursor: number | null): string {
  const wanted = { ...filter, ...(cursor === null ? {} : { cursor: String(cursor) }) };
  return new URLSearchParams(wanted).toString();
}

/** Records that match, newest first. */
export function decisionsQuery(filter: DecisionFilter) {
  return infiniteQueryOptions({
    queryKey: [RELEASES_KEY, "decisions", filter],
    staleTime: FRESH_MS,
    refetchInterval: LIVE_MS,
    initialPageParam: null as number | null,
    getNextPageParam: ({ nextCursor }: DecisionPage) => nextCursor,
    queryFn: ({ pageParam, signal }) =>
      fetchJson(DecisionPage, `${PATH}?${queryText(filter, pageParam)}`, { signal }),
  });
}

/** The newest evaluations, of one service or of all, newest first; none when the gate was never asked. */
export function evaluationsQuery(service?: string) {
  return queryOptions<DecisionRecord[]>({
    queryKey: [RELEASES_KEY, "evaluations", service ?? null],
    staleTime: FRESH_MS,
    refetchInterval: LIVE_MS,
    queryFn: async ({ signal }) => {
      const filter: DecisionFilter = { kind: "evaluation", ...(service === undefined ? {} : { service }) };
      const page = await fetchJson(DecisionPage, `${PATH}?${queryText(filter, null)}`, { signal });
      return page.data.decisions;
    },
  });
}

/** One record with everything it stands on, which never changes. */
export function decisionQuery(record: string) {
  return queryOptions({
    queryKey: [RELEASES_KEY, "record", record],
    staleTime: Infinity,
    queryFn: ({ signal }) => fetchJson(DecisionRecord, pathOf(record), { signal }),
  });
}

/** Decides once more on the recorded facts. Throws a ProblemError. */
export function recomputeDecision(record: string): Promise<Recomputed> {
  return fetchJson(Recomputed, `${pathOf(record)}/recompute`);
}

/** Whether every record still is what was written. Throws a ProblemError. */
export function verifyDecisions(): Promise<DecisionsVerdict> {
  return fetchJson(DecisionsVerdict, `${PATH}/verify`);
}
