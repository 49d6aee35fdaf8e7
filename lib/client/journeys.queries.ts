import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { Journey } from "#lib/contracts/journeys.ts";
import { measured, type Measured } from "#lib/contracts/measured.ts";
import { fetchJson } from "./fetch-json.ts";
import { SLOS_KEY } from "./slos.queries.ts";

const FRESH_MS = 20_000;
const Journeys = measured(z.object({ journeys: z.array(Journey) }));
export type Journeys = Measured<{ journeys: Journey[] }>;

/** The user journeys with their steps, worst first; a tick of the page asks again. */
export const journeysQuery = queryOptions({
  queryKey: [SLOS_KEY, "journeys"],
  staleTime: FRESH_MS,
  queryFn: ({ signal }) => fetchJson(Journeys, "/api/v1/journeys", { signal }),
});
