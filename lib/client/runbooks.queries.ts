import { queryOptions } from "@tanstack/react-query";
import type { CreateRunbook, PutRunbook, RunbookSummary } from "#lib/contracts/runbook-routes.ts";
import type { Runbook } from "#lib/contracts/runbooks.ts";
import { fetchJson } from "./fetch-json.ts";

const asRunbookAnswer = async () => (await import("#lib/contracts/runbook-routes.ts")).RunbookAnswer;
const asRunbookVersionsAnswer = async () =>
  (await import("#lib/contracts/runbook-routes.ts")).RunbookVersionsAnswer;
const asRunbooksAnswer = async () => (await import("#lib/contracts/runbook-routes.ts")).RunbooksAnswer;

const PATH = "/api/v1/runbooks";
const RUNBOOKS_KEY = "runbooks";
const FRESH_MS = 60_000;
const pathOf = (name: string) => `${PATH}/${encodeURIComponent(name)}`;

function send(method: string, body: unknown): RequestInit {
  return { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** All runbooks, those that come with Burnline among them. */
export function runbooksQuery() {
  return queryOptions({
    queryKey: [RUNBOOKS_KEY, "list"],
    staleTime: FRESH_MS,
    retry: false,
    queryFn: async ({ signal }) => (await fetchJson(asRunbooksAnswer, PATH, { signal })).runbooks,
  });
}

/** Who saved which version of a runbook; asked again once there is a newer one. */
export function runbookVersionsQuery({ name, version }: Pick<Runbook, "name" | "version">) {
  return queryOptions({
    queryKey: [RUNBOOKS_KEY, "versions", name, version],
    retry: false,
    queryFn: async ({ signal }) => {
      return (await fetchJson(asRunbookVersionsAnswer, `${pathOf(name)}/versions`, { signal })).versions;
    },
  });
}

/** A runbook as it was in a version, which never changes. */
export function runbookVersionQuery(name: string, version: number) {
  return queryOptions({
    queryKey: [RUNBOOKS_KEY, "version", name, version],
    staleTime: Infinity,
    retry: false,
    queryFn: async ({ signal }) =>
      (await fetchJson(asRunbookAnswer, `${pathOf(name)}?version=${version}`, { signal })).runbook,
  });
}

/** Writes a new runbook. Throws a ProblemError. */
export async function createRunbook(wanted: CreateRunbook): Promise<Runbook> {
  return (await fetchJson(asRunbookAnswer, PATH, send("POST", wanted))).runbook;
}

/** Saves a runbook in a new version. Throws a ProblemError; `conflict` carries the runbook as it is now. */
export async function putRunbook({ name, ...wanted }: PutRunbook): Promise<Runbook> {
  return (await fetchJson(asRunbookAnswer, pathOf(name), send("PUT", wanted))).runbook;
}

/** The page of a runbook, for a service or a node that its queries are to ask about. */
export function runbookPath(
  name: string,
  about: { service?: string | null; node?: string | null } = {},
): string {
  const known = Object.entries(about).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = new URLSearchParams(known).toString();
  return `/alerts/runbooks/${encodeURIComponent(name)}${query === "" ? "" : `?${query}`}`;
}

/** The runbook that helps with an alert: the one of its name, else the first that names it. */
export function runbookFor(alert: string, runbooks: readonly RunbookSummary[]): RunbookSummary | undefined {
  return runbooks.find(({ name }) => name === alert) ?? runbooks.find(({ alerts }) => alerts.includes(alert));
}
