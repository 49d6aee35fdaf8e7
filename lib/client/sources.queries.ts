import { queryOptions } from "@tanstack/react-query";
import type { SourceEntry } from "#lib/contracts/access.ts";
import { fetchJson } from "./fetch-json.ts";

const asSourceTest = async () => (await import("#lib/contracts/access.ts")).SourceTest;
const asSourcesAnswer = async () => (await import("#lib/contracts/access-routes.ts")).SourcesAnswer;

const PATH = "/api/v1/sources";
const FRESH_MS = 30_000;

/** The configured sources. They change with a restart only. */
export const sourcesQuery = queryOptions({
  queryKey: ["sources"],
  queryFn: ({ signal }) => fetchJson(asSourcesAnswer, PATH, { signal }),
  staleTime: FRESH_MS,
});

/** What a source answers when it is asked who it is; asked anew by `refetch`. */
export function sourceTestQuery({ kind, name }: Pick<SourceEntry, "kind" | "name">) {
  return queryOptions({
    queryKey: ["sources", kind, name, "test"],
    queryFn: ({ signal }) =>
      fetchJson(asSourceTest, `${PATH}/${kind}/${encodeURIComponent(name)}/test`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: "{}",
        signal,
      }),
    staleTime: FRESH_MS,
    retry: false,
  });
}
