import { infiniteQueryOptions, type QueryKey, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { TypedBody } from "#lib/contracts/incident-events.ts";
import type {
  CreateIncident,
  IncidentDetail,
  IncidentPage,
  PatchIncident,
  Timeline,
  TimelineEntry,
  TransitIncident,
} from "#lib/contracts/incidents.ts";
import { fetchJson } from "./fetch-json.ts";
import { incidentQueryText, type IncidentFilter } from "./incident-filter.ts";
import { mergeTimeline } from "./merge-timeline.ts";

const asIncidentAnswer = async () => (await import("#lib/contracts/incident-routes.ts")).IncidentAnswer;
const asIncidentPage = async () => (await import("#lib/contracts/incidents.ts")).IncidentPage;
const asTimeline = async () => (await import("#lib/contracts/incidents.ts")).Timeline;
const asTimelineEntry = async () => (await import("#lib/contracts/incidents.ts")).TimelineEntry;

const PATH = "/api/v1/incidents";
/** The first part of the key of all that a fact on a timeline may change. */
export const INCIDENTS_KEY = "incidents";
/** The stream tells of what is new; this is how long what it cannot tell (a budget, a lost connection) may be old. */
const SAFETY_MS = 60_000;
const FRESH_MS = 10_000;

const pathOf = (id: string) => `${PATH}/${encodeURIComponent(id)}`;
const withBody = (method: string, body: object): RequestInit => ({
  method,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

function readPage(filter: IncidentFilter, cursor: string | null, signal: AbortSignal): Promise<IncidentPage> {
  const query = incidentQueryText(filter, cursor);
  return fetchJson(asIncidentPage, query === "" ? PATH : `${PATH}?${query}`, { signal });
}

/** Incidents that match, open ones first, the gravest of them on top; further pages of past ones on demand. */
export function incidentsQuery(filter: IncidentFilter) {
  return infiniteQueryOptions({
    queryKey: [INCIDENTS_KEY, "list", filter],
    staleTime: FRESH_MS,
    refetchInterval: SAFETY_MS,
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }: IncidentPage) => nextCursor,
    queryFn: ({ pageParam, signal }) => readPage(filter, pageParam, signal),
  });
}

/** The open incidents of the gravest severity: what every page has to say. */
export function alarmsQuery() {
  return queryOptions({
    queryKey: [INCIDENTS_KEY, "alarms"],
    staleTime: FRESH_MS,
    refetchInterval: SAFETY_MS,
    queryFn: async ({ signal }) =>
      (await readPage({ open: true, severity: "P1" }, null, signal)).data.incidents.filter(
        ({ open }) => open,
      ),
  });
}

/** The open incidents, for those who look for another one. */
export function openIncidentsQuery() {
  return queryOptions({
    queryKey: [INCIDENTS_KEY, "open"],
    staleTime: FRESH_MS,
    queryFn: async ({ signal }) => (await readPage({ open: true }, null, signal)).data.incidents,
  });
}

/** The incident that a query is about; null for those about many. */
export function incidentIdOf(key: QueryKey): string | null {
  return key[0] === INCIDENTS_KEY && key[1] === "one" && typeof key[2] === "string" ? key[2] : null;
}

/** One incident with its alerts, SLOs and durations. */
export function incidentQuery(id: string) {
  return queryOptions({
    queryKey: [INCIDENTS_KEY, "one", id, "detail"],
    staleTime: FRESH_MS,
    refetchInterval: SAFETY_MS,
    queryFn: async ({ signal }) => (await fetchJson(asIncidentAnswer, pathOf(id), { signal })).incident,
  });
}

/** The timeline of an incident. What is there already stays; only what is new behind it is asked for. */
export function timelineQuery(id: string) {
  const queryKey = [INCIDENTS_KEY, "one", id, "timeline"] as const;
  return queryOptions({
    queryKey,
    staleTime: FRESH_MS,
    refetchInterval: SAFETY_MS,
    queryFn: async ({ client, signal }): Promise<Timeline> => {
      const known = client.getQueryData<Timeline>(queryKey);
      const query = known ? `?after=${known.head}` : "";
      const news = await fetchJson(asTimeline, `${pathOf(id)}/events${query}`, { signal });
      return known ? mergeTimeline(known, news) : news;
    },
  });
}

/** Opens an incident. Throws a ProblemError: `conflict` names the one that is open for it already. */
export async function openIncident(wanted: z.input<typeof CreateIncident>): Promise<IncidentDetail> {
  return (await fetchJson(asIncidentAnswer, PATH, withBody("POST", wanted))).incident;
}

/** Changes an incident. Throws a ProblemError: `conflict` carries it as it is now. */
export async function patchIncident({
  id,
  ...patch
}: z.input<typeof PatchIncident>): Promise<IncidentDetail> {
  return (await fetchJson(asIncidentAnswer, pathOf(id), withBody("PATCH", patch))).incident;
}

/** Moves an incident on its way. Throws a ProblemError: `conflict` carries it as it is now. */
export async function transitIncident({
  id,
  ...step
}: z.input<typeof TransitIncident>): Promise<IncidentDetail> {
  return (await fetchJson(asIncidentAnswer, `${pathOf(id)}/transitions`, withBody("POST", step))).incident;
}

/** Makes an incident part of another one, and answers that one. Throws a ProblemError. */
export async function mergeIncident(id: string, into: string, version: number): Promise<IncidentDetail> {
  return (await fetchJson(asIncidentAnswer, `${pathOf(id)}/merge`, withBody("POST", { into, version })))
    .incident;
}

/** Writes on a timeline. Throws a ProblemError. */
export function writeEvent(
  id: string,
  entry: { at?: string | undefined; body: TypedBody },
): Promise<TimelineEntry> {
  return fetchJson(asTimelineEntry, `${pathOf(id)}/events`, withBody("POST", entry));
}

/** Edits or pins an entry. Throws a ProblemError: `conflict` carries the entry as it is now. */
export function editEvent(
  id: string,
  seq: string,
  edit: { revision: number; at?: string; body?: TypedBody; pinned?: boolean },
): Promise<TimelineEntry> {
  return fetchJson(asTimelineEntry, `${pathOf(id)}/events/${seq}`, withBody("PATCH", edit));
}

/** Where a file of a timeline is downloaded. */
export function attachmentPath(id: string, attachmentId: string): string {
  return `${pathOf(id)}/attachments/${encodeURIComponent(attachmentId)}`;
}

/** Puts a file on a timeline. Throws a ProblemError: `too_large` names the limit. */
export function attachFile(id: string, file: File, at?: string): Promise<TimelineEntry> {
  const query = new URLSearchParams({ name: file.name, ...(at === undefined ? {} : { at }) }).toString();
  return fetchJson(asTimelineEntry, `${pathOf(id)}/attachments?${query}`, {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: file,
  });
}
