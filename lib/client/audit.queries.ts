import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { Done } from "#lib/contracts/access-routes.ts";
import type { AuditFilter, AuditPage, AuditSink, AuditVerdict, PutAuditSink } from "#lib/contracts/audit.ts";
import { fetchJson } from "./fetch-json.ts";

const asAuditPage = async () => (await import("#lib/contracts/audit.ts")).AuditPage;
const asAuditSink = async () => (await import("#lib/contracts/audit.ts")).AuditSink;
const asAuditSinkAnswer = async () => (await import("#lib/contracts/access-routes.ts")).AuditSinkAnswer;
const asAuditVerdict = async () => (await import("#lib/contracts/audit.ts")).AuditVerdict;
const asDone = async () => (await import("#lib/contracts/access-routes.ts")).Done;

const PATH = "/api/v1/audit";
const SINK_PATH = `${PATH}/sink`;
const FRESH_MS = 10_000;
const SINK_LOOK_MS = 5_000;

function query(params: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? "" : `?${new URLSearchParams(given).toString()}`;
}

/** Records that match, newest first, a page at a time. `first` is what the server read for this filter. */
export function auditPages(filter: AuditFilter, first?: AuditPage) {
  return infiniteQueryOptions({
    queryKey: ["audit", "records", filter],
    staleTime: FRESH_MS,
    initialPageParam: undefined as string | undefined,
    initialData: first && { pages: [first], pageParams: [undefined] },
    queryFn: ({ pageParam, signal }) =>
      fetchJson(asAuditPage, `${PATH}${query({ ...filter, cursor: pageParam })}`, { signal }),
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
}

/** The address of the matching records as a file. */
export function auditExportPath(filter: AuditFilter, format: "csv" | "json"): string {
  return `${PATH}/export${query({ ...filter, format })}`;
}

/** Walks the whole chain. Throws a ProblemError. */
export function verifyAudit(): Promise<AuditVerdict> {
  return fetchJson(asAuditVerdict, `${PATH}/verify`);
}

/** Where records are sent, and how that goes. */
export const auditSinkQuery = queryOptions({
  queryKey: ["audit", "sink"],
  queryFn: async ({ signal }) => (await fetchJson(asAuditSinkAnswer, SINK_PATH, { signal })).sink,
  refetchInterval: SINK_LOOK_MS,
});

/** Sets where records are sent. Throws a ProblemError: `invalid` names the fields. */
export function putAuditSink(sink: z.infer<typeof PutAuditSink>): Promise<AuditSink> {
  return fetchJson(asAuditSink, SINK_PATH, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(sink),
  });
}

/** Stops sending. Throws a ProblemError. */
export function deleteAuditSink(): Promise<Done> {
  return fetchJson(asDone, SINK_PATH, { method: "DELETE" });
}
