import "server-only";
import { z } from "zod";

const labels = z.record(z.string(), z.string());
const sample = z.tuple([z.number(), z.string()]);
const nanoseconds = z.string().regex(/^\d+$/, "is not a time in nanoseconds");

/** What `categorize-labels` puts beside a line; older Lokis leave it out. */
const Categories = z.object({ structuredMetadata: labels.default({}), parsed: labels.default({}) });
const Value = z
  .tuple([nanoseconds, z.string()])
  .rest(Categories)
  .transform(([timestampNs, line, categories]) => ({
    timestampNs,
    line,
    fields: { ...categories?.structuredMetadata, ...categories?.parsed },
  }));

const streams = z.array(z.object({ stream: labels, values: z.array(Value) }));
const Streams = z.object({ resultType: z.literal("streams"), result: streams });
const Matrix = z.object({
  resultType: z.literal("matrix"),
  result: z.array(z.object({ metric: labels, values: z.array(sample) })),
});
const Vector = z.object({
  resultType: z.literal("vector"),
  result: z.array(z.object({ metric: labels, value: sample })),
});
const Scalar = z.object({ resultType: z.literal("scalar"), result: sample });

export const RangeResult = z.discriminatedUnion("resultType", [Streams, Matrix]);
export const InstantResult = z.discriminatedUnion("resultType", [Vector, Scalar]);
/** Without any, Loki leaves `data` out. */
export const NamesResult = z.array(z.string()).default([]);
export const SeriesResult = z.array(labels).default([]);
export const BuildInfo = z.object({ version: z.string() });

/** One message of the tail; lines that Loki could not hold are named by their labels. */
export const TailFrame = z.object({
  streams: streams.nullish().transform((all) => all ?? []),
  dropped_entries: z
    .array(z.unknown())
    .nullish()
    .transform((all) => all ?? []),
});

/** What wraps every good answer; errors are plain text. */
export const Envelope = z.object({
  status: z.literal("success"),
  data: z.unknown().optional(),
  warnings: z.array(z.string()).default([]),
});

export type StreamsResult = z.infer<typeof Streams>["result"];
