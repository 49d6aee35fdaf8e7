import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { EvaluateGate, GateAnswer } from "#lib/contracts/gate.ts";
import type {
  ApproveRelease,
  Release,
  ReleaseDetail,
  ReleasePage,
  RequestRelease,
} from "#lib/contracts/releases.ts";
import { fetchJson } from "./fetch-json.ts";
import { type ReleaseFilter, releaseQueryText } from "./release-filter.ts";

const asDora = async () => (await import("#lib/contracts/releases.ts")).Dora;
const asGateAnswer = async () => (await import("#lib/contracts/gate.ts")).GateAnswer;
const asGateRecord = async () => (await import("#lib/contracts/releases.ts")).GateRecord;
const asReleaseAnswer = async () => (await import("#lib/contracts/release-routes.ts")).ReleaseAnswer;
const asReleasePage = async () => (await import("#lib/contracts/releases.ts")).ReleasePage;

const PATH = "/api/v1/releases";
/** The first part of the key of everything that a decision may change. */
export const RELEASES_KEY = "releases";
const LIVE_MS = 10_000;
const FRESH_MS = 5_000;
/** Figures of many days change slowly. */
const SLOW_MS = 60_000;

const pathOf = (id: string) => `${PATH}/${encodeURIComponent(id)}`;
const post = (body: object): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

/** Releases that match, newest first: those under way, or those that are over. */
export function releasesQuery(filter: ReleaseFilter, open: boolean) {
  return infiniteQueryOptions({
    queryKey: [RELEASES_KEY, "list", filter, open],
    staleTime: FRESH_MS,
    refetchInterval: LIVE_MS,
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }: ReleasePage) => nextCursor,
    queryFn: ({ pageParam, signal }) =>
      fetchJson(asReleasePage, `${PATH}?${releaseQueryText(filter, open, pageParam)}`, { signal }),
  });
}

/** The newest release of a service, whatever became of it; null when there was none. */
export function newestReleaseQuery(service: string) {
  return queryOptions<Release | null>({
    queryKey: [RELEASES_KEY, "newest", service],
    staleTime: FRESH_MS,
    refetchInterval: LIVE_MS,
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams({ service }).toString();
      const page = await fetchJson(asReleasePage, `${PATH}?${query}`, { signal });
      return page.data.releases[0] ?? null;
    },
  });
}

/** One release with its newest decision. */
export function releaseQuery(id: string) {
  return queryOptions({
    queryKey: [RELEASES_KEY, "one", id],
    staleTime: FRESH_MS,
    refetchInterval: LIVE_MS,
    queryFn: async ({ signal }) => (await fetchJson(asReleaseAnswer, pathOf(id), { signal })).release,
  });
}

/** How the gate did on the releases of so many days, of one service or of all. */
export function gateRecordQuery(service: string | undefined, days: number) {
  return queryOptions({
    queryKey: [RELEASES_KEY, "outcomes", service ?? null, days],
    staleTime: SLOW_MS,
    refetchInterval: SLOW_MS,
    queryFn: ({ signal }) =>
      fetchJson(asGateRecord, `${PATH}/outcomes?${spanText(service, days)}`, { signal }),
  });
}

/** DORA's four figures of so many days, of one service or of all. */
export function doraQuery(service: string | undefined, days: number) {
  return queryOptions({
    queryKey: [RELEASES_KEY, "dora", service ?? null, days],
    staleTime: SLOW_MS,
    refetchInterval: SLOW_MS,
    queryFn: ({ signal }) => fetchJson(asDora, `${PATH}/dora?${spanText(service, days)}`, { signal }),
  });
}

function spanText(service: string | undefined, days: number): string {
  return new URLSearchParams({
    days: String(days),
    ...(service === undefined ? {} : { service }),
  }).toString();
}

/** Asks for a release. Throws a ProblemError. */
export async function requestRelease(wanted: z.input<typeof RequestRelease>): Promise<ReleaseDetail> {
  return (await fetchJson(asReleaseAnswer, PATH, post(wanted))).release;
}

/** Says yes or no to a decision. Throws a ProblemError: `conflict` carries the decision that stands by now. */
export async function answerRelease({ id, ...said }: ApproveRelease): Promise<ReleaseDetail> {
  return (await fetchJson(asReleaseAnswer, `${pathOf(id)}/approvals`, post(said))).release;
}

/** Takes a request back. Throws a ProblemError. */
export async function withdrawRelease(id: string, reason: string): Promise<ReleaseDetail> {
  return (await fetchJson(asReleaseAnswer, `${pathOf(id)}/withdrawal`, post({ reason }))).release;
}

/** Asks the gate, which writes its answer down. Throws a ProblemError. */
export function askGate(question: z.input<typeof EvaluateGate>): Promise<GateAnswer> {
  return fetchJson(asGateAnswer, "/api/v1/gates/evaluate", post(question));
}
