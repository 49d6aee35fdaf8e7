import { queryOptions } from "@tanstack/react-query";
import type { Journey } from "#lib/contracts/journeys.ts";
import type { Measured } from "#lib/contracts/measured.ts";
import { fetchJson } from "./fetch-json.ts";
import { SLOS_KEY } from "./slos.queries.ts";

const asJourneysAnswer = async () => (await import("#lib/contracts/slo-routes.ts")).JourneysAnswer;

const FRESH_MS = 20_000;
export type Journeys = Measured<{ journeys: Journey[] }>;

/** The user journeys with their steps, worst first; a tick of the page asks again. */
export const journeysQuery = queryOptions({
  queryKey: [SLOS_KEY, "journeys"],
  staleTime: FRESH_MS,
  queryFn: ({ signal }) => fetchJson(asJourneysAnswer, "/api/v1/journeys", { signal }),
});
