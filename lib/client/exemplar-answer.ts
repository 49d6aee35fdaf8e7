import { z } from "zod";
import { traceIdOf } from "#lib/domain/logs/trace.ts";

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
