import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import type { CreateSlo, PatchSlo, ProposeSlos, SavedSlo } from "#lib/contracts/slos.ts";
import { fetchJson, ProblemError } from "./fetch-json.ts";

const asSavedSlo = async () => (await import("#lib/contracts/slos.ts")).SavedSlo;
const asSloPreviewAnswer = async () => (await import("#lib/contracts/slo-routes.ts")).SloPreviewAnswer;
const asSloProposalsAnswer = async () => (await import("#lib/contracts/slo-routes.ts")).SloProposalsAnswer;
const asSourceNames = async () => (await import("#lib/contracts/names.ts")).SourceNames;

const PATH = "/api/v1/slos";
const SOURCE_PATH = "/api/prometheus/api/v1";
const PREVIEW_FRESH_MS = 60_000;
const PROPOSALS_FRESH_MS = 5 * 60_000;
const NAMES_FRESH_MS = 5 * 60_000;
const MAX_RETRIES = 3;

function send<T extends z.ZodType>(
  answer: () => Promise<T>,
  url: string,
  method: "POST" | "PATCH",
  body: unknown,
) {
  return fetchJson(answer, url, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

function isTooOften(error: Error): error is ProblemError {
  return error instanceof ProblemError && error.problem.code === "rate_limited";
}

/** What a definition would have shown; asked again when it was asked too often, and given up when it changes. */
export function previewQuery(definition: SloDefinition, id: string | undefined) {
  return queryOptions({
    queryKey: ["slo-preview", id ?? null, definition],
    staleTime: PREVIEW_FRESH_MS,
    placeholderData: keepPreviousData,
    retry: (count, error) => count < MAX_RETRIES && isTooOften(error),
    retryDelay: (_, error) => (isTooOften(error) ? (error.problem.retryAfterSeconds ?? 1) * 1000 : 0),
    queryFn: ({ signal }) =>
      fetchJson(asSloPreviewAnswer, `${PATH}/preview`, {
        method: "POST",
        signal,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ definition, ...(id === undefined ? {} : { id }) }),
      }),
  });
}

/** SLOs worth having, for everything or for one service or node. */
export function proposalsQuery(of: ProposeSlos) {
  return queryOptions({
    queryKey: ["slo-proposals", of.service ?? null, of.node ?? null],
    staleTime: PROPOSALS_FRESH_MS,
    retry: false,
    queryFn: async ({ signal }) => {
      const given = Object.entries(of).filter((entry): entry is [string, string] => entry[1] !== undefined);
      const query = new URLSearchParams(given).toString();
      return (await fetchJson(asSloProposalsAnswer, `${PATH}/proposals?${query}`, { signal })).data.proposals;
    },
  });
}

function namesQuery(path: string, match: string | null) {
  const query = match === null ? "" : `?${new URLSearchParams({ "match[]": match }).toString()}`;
  return queryOptions({
    queryKey: ["slo-source-names", path, match],
    staleTime: NAMES_FRESH_MS,
    retry: false,
    queryFn: async ({ signal }) =>
      (await fetchJson(asSourceNames, `${SOURCE_PATH}/${path}${query}`, { signal })).data,
  });
}

/** The names of all metrics of the source. */
export function metricNamesQuery() {
  return namesQuery("label/__name__/values", null);
}

/** The labels of a metric's series. */
export function labelNamesQuery(metric: string) {
  return namesQuery("labels", metric);
}

/** The values that a label has among a metric's series. */
export function labelValuesQuery(metric: string, label: string) {
  return namesQuery(`label/${encodeURIComponent(label)}/values`, metric);
}

/** Saves a new SLO. Throws a ProblemError: `invalid` names the fields. */
export function createSlo(input: z.input<typeof CreateSlo>): Promise<SavedSlo> {
  return send(asSavedSlo, PATH, "POST", input);
}

/** Changes an SLO, or its draft. Throws a ProblemError: `conflict` carries what is current. */
export function patchSlo({ id, ...input }: z.input<typeof PatchSlo>): Promise<SavedSlo> {
  return send(asSavedSlo, `${PATH}/${encodeURIComponent(id)}`, "PATCH", input);
}
