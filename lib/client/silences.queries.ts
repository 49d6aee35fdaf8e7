import { queryOptions } from "@tanstack/react-query";
import type { CreateSilence, ExtendSilence, Silence } from "#lib/contracts/silences.ts";
import { ALERTS_KEY } from "./alerts.queries.ts";
import { fetchJson } from "./fetch-json.ts";

const asSilenceAnswer = async () => (await import("#lib/contracts/alert-routes.ts")).SilenceAnswer;
const asSilencePreview = async () => (await import("#lib/contracts/silences.ts")).SilencePreview;
const asSilencesAnswer = async () => (await import("#lib/contracts/alert-routes.ts")).SilencesAnswer;

const PATH = "/api/v1/silences";
const FRESH_MS = 10_000;
const pathOf = (id: string) => `${PATH}/${encodeURIComponent(id)}`;

function send(method: string, body: unknown): RequestInit {
  return { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** Silences that last or are to come, with `expired` also past ones; those that end first on top. */
export function silencesQuery(expired: boolean) {
  return queryOptions({
    queryKey: [ALERTS_KEY, "silences", expired],
    staleTime: FRESH_MS,
    retry: false,
    queryFn: ({ signal }) =>
      fetchJson(asSilencesAnswer, `${PATH}?expired=${expired ? "true" : "false"}`, {
        signal,
      }),
  });
}

/** Which firing alerts a silence would keep quiet. */
export function silencePreviewQuery(matchers: CreateSilence["matchers"]) {
  return queryOptions({
    queryKey: ["silence-preview", matchers],
    retry: false,
    queryFn: ({ signal }) =>
      fetchJson(asSilencePreview, `${PATH}/preview`, { ...send("POST", { matchers }), signal }),
  });
}

/** Silences alerts. Throws a ProblemError. */
export async function createSilence(wanted: CreateSilence): Promise<Silence> {
  return (await fetchJson(asSilenceAnswer, PATH, send("POST", wanted))).silence;
}

/** Gives a silence another end. Throws a ProblemError. */
export async function extendSilence({ id, ...wanted }: ExtendSilence): Promise<Silence> {
  return (await fetchJson(asSilenceAnswer, pathOf(id), send("PATCH", wanted))).silence;
}

/** Ends a silence now. Throws a ProblemError. */
export async function endSilence({ id, source }: Pick<Silence, "id" | "source">): Promise<Silence> {
  return (await fetchJson(asSilenceAnswer, pathOf(id), send("DELETE", { source }))).silence;
}
