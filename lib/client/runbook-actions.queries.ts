import { queryOptions } from "@tanstack/react-query";
import type {
  ActionKey,
  ActionRun,
  AskRun,
  RunbookOffers,
  ListOffers,
} from "#lib/contracts/runbook-actions.ts";
import { isOver } from "#lib/domain/runbooks/action-run.ts";
import { fetchJson } from "./fetch-json.ts";

const asActionKey = async () => (await import("#lib/contracts/runbook-actions.ts")).ActionKey;
const asOffersAnswer = async () => (await import("#lib/contracts/runbook-actions.ts")).OffersAnswer;
const asRunAnswer = async () => (await import("#lib/contracts/runbook-actions.ts")).RunAnswer;

const RUNS = "/api/v1/action-runs";
/** The first part of the key of everything about actions. */
export const ACTIONS_KEY = "runbook-actions";
const FRESH_MS = 5_000;
const QUIET_MS = 15_000;
/** While something is under way its end is to be seen at once. */
const BUSY_MS = 1_500;

const actionPath = (runbook: string, action: string) =>
  `/api/v1/runbooks/${encodeURIComponent(runbook)}/actions/${encodeURIComponent(action)}`;

function isBusy(runbooks: readonly RunbookOffers[]): boolean {
  const runs = runbooks.flatMap(({ actions }) => actions.flatMap((one) => one.runs));
  return runs.some(({ state }) => !isOver(state) && state !== "awaiting_approval");
}

/** Guarded actions with what their guards say now: of a runbook, or of those that an incident's alerts name. */
export function offersQuery(about: ListOffers) {
  const query = new URLSearchParams(Object.entries(about).filter((entry) => entry[1] !== undefined));
  return queryOptions<RunbookOffers[]>({
    queryKey: [ACTIONS_KEY, about],
    staleTime: FRESH_MS,
    refetchInterval: ({ state }) => (isBusy(state.data ?? []) ? BUSY_MS : QUIET_MS),
    queryFn: async ({ signal }) =>
      (await fetchJson(asOffersAnswer, `/api/v1/runbook-actions?${query.toString()}`, { signal })).runbooks,
  });
}

const post = (body: object, more: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json", ...more },
  body: JSON.stringify(body),
});

/** Asks for a run, once for each key: a second click gets the answer of the first. Throws a ProblemError. */
export async function askRun({ name, action, ...fields }: AskRun, key: string): Promise<ActionRun> {
  const init = post(fields, { "idempotency-key": key });
  return (await fetchJson(asRunAnswer, `${actionPath(name, action)}/runs`, init)).run;
}

/** Agrees to a run. Throws a ProblemError. */
export async function approveRun(id: string): Promise<ActionRun> {
  return (await fetchJson(asRunAnswer, `${RUNS}/${encodeURIComponent(id)}/approve`, post({}))).run;
}

/** Refuses a run, or takes one's own ask back. Throws a ProblemError. */
export async function refuseRun(id: string, reason: string): Promise<ActionRun> {
  return (await fetchJson(asRunAnswer, `${RUNS}/${encodeURIComponent(id)}/refuse`, post({ reason }))).run;
}

/** The key that a receiver verifies signatures with; every showing is audited. Throws a ProblemError. */
export function showActionKey(runbook: string, action: string): Promise<ActionKey> {
  return fetchJson(asActionKey, `${actionPath(runbook, action)}/key`);
}
