import { queryOptions } from "@tanstack/react-query";
import { askSource, parsed } from "./ask-source.ts";
import type { AnsweredSpan } from "./explore.queries.ts";

/** What Prometheus keeps of single requests behind the metrics of a query. */
export function exploreExemplars(query: string, { fromMs, toMs }: Pick<AnsweredSpan, "fromMs" | "toMs">) {
  return queryOptions({
    queryKey: ["exemplars", query, fromMs, toMs],
    staleTime: Infinity,
    retry: false,
    queryFn: async ({ signal }) => {
      const params = new URLSearchParams({ query, start: String(fromMs / 1000), end: String(toMs / 1000) });
      const [{ ExemplarAnswer, exemplarsOf }, text] = await Promise.all([
        import("./exemplar-answer.ts"),
        askSource("/api/prometheus/api/v1/query_exemplars", params, signal),
      ]);
      return exemplarsOf(ExemplarAnswer.parse(parsed(text)));
    },
  });
}
