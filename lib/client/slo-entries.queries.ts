import { queryOptions } from "@tanstack/react-query";
import type { EntryFact, LedgerEntry } from "#lib/contracts/slo-entries.ts";
import { fetchJson } from "./fetch-json.ts";
import { SLOS_KEY } from "./slos.queries.ts";

const asLedgerAnswer = async () => (await import("#lib/contracts/slo-routes.ts")).LedgerAnswer;
const asLedgerEntry = async () => (await import("#lib/contracts/slo-entries.ts")).LedgerEntry;

const FRESH_MS = 20_000;
const JSON_HEADERS = { "content-type": "application/json" };
const path = (sloId: string) => `/api/v1/slos/${encodeURIComponent(sloId)}/entries`;
const entryPath = (sloId: string, id: string) => `${path(sloId)}/${encodeURIComponent(id)}`;

/** What people added to the ledger of an SLO, the newest first. */
export function entriesQuery(sloId: string) {
  return queryOptions({
    queryKey: [SLOS_KEY, sloId, "entries"],
    staleTime: FRESH_MS,
    queryFn: ({ signal }) => fetchJson(asLedgerAnswer, path(sloId), { signal }),
  });
}

/** Adds an entry; what changes the past waits for a second person. Throws a ProblemError. */
export function addEntry(sloId: string, fact: EntryFact): Promise<LedgerEntry> {
  return fetchJson(asLedgerEntry, path(sloId), {
    method: "POST",
    headers: JSON_HEADERS,
    body: JSON.stringify({ fact }),
  });
}

/** Agrees to an entry as the second person. Throws a ProblemError. */
export function approveEntry(sloId: string, id: string): Promise<LedgerEntry> {
  return fetchJson(asLedgerEntry, `${entryPath(sloId, id)}/approve`, {
    method: "POST",
    headers: JSON_HEADERS,
    body: "{}",
  });
}

/** Withdraws an entry; it stays in the list. Throws a ProblemError. */
export function withdrawEntry(sloId: string, id: string): Promise<LedgerEntry> {
  return fetchJson(asLedgerEntry, entryPath(sloId, id), { method: "DELETE" });
}
