import "server-only";
import { z } from "zod";

const labels = z.record(z.string(), z.string());
const sample = z.tuple([z.number(), z.string()]);
/** A native histogram's content is left out on purpose; that it is one must be known. */
const histogramSample = z.tuple([z.number(), z.unknown()]);
/** Tuple by tuple, zod takes longer over a large answer than JSON.parse: this is twenty times as fast. */
const samples = z.custom<[number, string][]>(
  (value) => Array.isArray(value) && value.every(isSample),
  "is not a list of [time, value]",
);

function isSample(value: unknown): boolean {
  return Array.isArray(value) && typeof value[0] === "number" && typeof value[1] === "string";
}

export const InstantResult = z.discriminatedUnion("resultType", [
  z.object({
    resultType: z.literal("vector"),
    result: z.array(
      z.object({ metric: labels, value: sample.optional(), histogram: histogramSample.optional() }),
    ),
  }),
  z.object({ resultType: z.literal("scalar"), result: sample }),
  z.object({ resultType: z.literal("string") }),
  z.object({ resultType: z.literal("matrix") }),
]);
export type InstantResult = z.infer<typeof InstantResult>;

export const RangeResult = z.object({
  resultType: z.literal("matrix"),
  result: z.array(
    z.object({
      metric: labels,
      values: samples.default([]),
      histograms: z.array(histogramSample).default([]),
    }),
  ),
});
export type RangeResult = z.infer<typeof RangeResult>;

export const LabelValuesResult = z.array(z.string());

export const AlertsResult = z.object({
  alerts: z.array(
    z.object({
      labels,
      annotations: labels,
      state: z.enum(["firing", "pending", "inactive"]),
      activeAt: z.iso.datetime({ offset: true }),
    }),
  ),
});

export const BuildInfo = z.object({ version: z.string() });
export type BuildInfo = z.infer<typeof BuildInfo>;

/** What wraps every answer of the HTTP API. */
export const Envelope = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("success"),
    data: z.unknown(),
    warnings: z.array(z.string()).default([]),
    infos: z.array(z.string()).default([]),
  }),
  z.object({ status: z.literal("error"), errorType: z.string(), error: z.string() }),
]);
