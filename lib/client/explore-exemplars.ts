import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { traceIdOf } from "#lib/domain/logs/trace.ts";
import { askSource, parsed } from "./ask-source.ts";
import type { AnsweredSpan } from "./explore.queries.ts";

const labels = z.record(z.string(), z.string());
export const ExemplarAnswer = z.object({
  data: z
    .array(
      z.object({
        seriesLabels: labels,
        exemplars: z.array(z.object({ labels, value: z.string(), timestamp: z.number() })),
      }),
    )
    .nullable()
    .transform((series) => series ?? []),
});

/** One measurement that stands for many: of which series, what it was, and its trace where it names one. */
export interface Exemplar {
  atMs: number;
  value: number;
  labels: Record<string, string>;
  traceId: string | null;
}

/** The exemplars of an answer, the highest first: those are the ones that are looked for. */
export function exemplarsOf({ data }: z.infer<typeof ExemplarAnswer>): Exemplar[] {
  return data
    .flatMap(({ seriesLabels, exemplars }) =>
      exemplars.map((one) => ({
        atMs: one.timestamp * 1000,
        value: Number(one.value),
        labels: { ...seriesLabels, ...one.labels },
        traceId: traceIdOf(Object.entries(one.labels).map(([name, value]) => ({ name, value }))),
      })),
    )
    .sort((a, b) => b.value - a.value);
}

/** What Prometheus keeps of single requests behind the metrics of a query. */
export function exploreExemplars(query: string, { fromMs, toMs }: Pick<AnsweredSpan, "fromMs" | "toMs">) {
  return queryOptions({
    queryKey: ["exemplars", query, fromMs, toMs],
    staleTime: Infinity,
    retry: false,
    queryFn: async ({ signal }) => {
      const params = new URLSearchParams({ query, start: String(fromMs / 1000), end: String(toMs / 1000) });
      const text = await askSource("/api/prometheus/api/v1/query_exemplars", params, signal);
      return exemplarsOf(ExemplarAnswer.parse(parsed(text)));
    },
  });
}
