import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type {
  DecisionKind,
  DecisionPage,
  DecisionRecord,
  DecisionsVerdict,
  Recomputed,
} from "#lib/contracts/decisions.ts";
import { DECISION_KINDS } from "#lib/domain/gate/decision-kinds.ts";
import { DECISIONS, type Decision } from "#lib/domain/gate/decision.ts";
import { fetchJson } from "./fetch-json.ts";
import { choiceParam, known, textParam } from "./read-param.ts";
import { RELEASES_KEY } from "./releases.queries.ts";

const asDecisionPage = async () => (await import("#lib/contracts/decisions.ts")).DecisionPage;
const asDecisionRecord = async () => (await import("#lib/contracts/decisions.ts")).DecisionRecord;
const asDecisionsVerdict = async () => (await import("#lib/contracts/decisions.ts")).DecisionsVerdict;
const asRecomputed = async () => (await import("#lib/contracts/decisions.ts")).Recomputed;

const PATH = "/api/v1/decisions";
const LIVE_MS = 10_000;
const FRESH_MS = 5_000;
const MAX_NAME = 64;
const pathOf = (record: string) => `${PATH}/${encodeURIComponent(record)}`;

/** What the log is narrowed to. */
export interface DecisionFilter {
  service?: string;
  release?: string;
  kind?: DecisionKind;
  decision?: Decision;
  /** Instants, ISO 8601. */
  from?: string;
  to?: string;
}
export type DecisionParams = Partial<Record<keyof DecisionFilter, string | string[]>>;

/** The filter in the address of the log; what cannot be read narrows nothing. */
export function readDecisionFilter(params: DecisionParams): DecisionFilter {
  return known({
    service: textParam(params.service, MAX_NAME),
    release: textParam(params.release, MAX_NAME),
    kind: choiceParam(DECISION_KINDS, params.kind),
    decision: choiceParam(DECISIONS, params.decision),
  });
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
      fetchJson(asDecisionPage, `${PATH}?${queryText(filter, pageParam)}`, { signal }),
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
      const page = await fetchJson(asDecisionPage, `${PATH}?${queryText(filter, null)}`, { signal });
      return page.data.decisions;
    },
  });
}

/** One record with everything it stands on, which never changes. */
export function decisionQuery(record: string) {
  return queryOptions({
    queryKey: [RELEASES_KEY, "record", record],
    staleTime: Infinity,
    queryFn: ({ signal }) => fetchJson(asDecisionRecord, pathOf(record), { signal }),
  });
}

/** Decides once more on the recorded facts. Throws a ProblemError. */
export function recomputeDecision(record: string): Promise<Recomputed> {
  return fetchJson(asRecomputed, `${pathOf(record)}/recompute`);
}

/** Whether every record still is what was written. Throws a ProblemError. */
export function verifyDecisions(): Promise<DecisionsVerdict> {
  return fetchJson(asDecisionsVerdict, `${PATH}/verify`);
}
