import { z } from "zod";

const labels = z.record(z.string(), z.string());
/** A moment in seconds, and a number as the source writes it: also "NaN" and "+Inf". */
const sample = z.tuple([z.number(), z.string()]);
const histogram = z.tuple([z.number(), z.unknown()]);

const Result = z.discriminatedUnion("resultType", [
  z.object({
    resultType: z.literal("matrix"),
    result: z.array(
      z.object({
        metric: labels,
        values: z.array(sample).default([]),
        histograms: z.array(histogram).default([]),
      }),
    ),
  }),
  z.object({
    resultType: z.literal("vector"),
    result: z.array(z.object({ metric: labels, value: sample.optional(), histogram: histogram.optional() })),
  }),
  z.object({ resultType: z.literal("scalar"), result: sample }),
  z.object({ resultType: z.literal("string"), result: sample }),
]);

const figure = z.number().nullable().default(null);
/** Prometheus tells timings and samples, Loki a summary; either may tell nothing. */
const Stats = z.object({
  timings: z.object({ execTotalTime: figure }).prefault({}),
  samples: z.object({ totalQueryableSamples: figure, peakSamples: figure }).prefault({}),
  summary: z
    .object({ execTime: figure, totalLinesProcessed: figure, totalBytesProcessed: figure })
    .prefault({}),
});

/** What wraps a good answer of either source. */
export const SourceAnswer = z.object({
  status: z.literal("success"),
  data: z.intersection(Result, z.object({ stats: Stats.prefault({}).catch(() => Stats.parse({})) })),
  warnings: z.array(z.string()).default([]),
  infos: z.array(z.string()).default([]),
});
/** One series or sample of an answer; numbers stand as the source wrote them. */
export interface AnsweredSeries {
  labels: Record<string, string>;
  /** Seconds since 1970 and the value, oldest first; one of an instant. */
  samples: [number, string][];
}

/** Numbers that a query answered. */
export interface Figures {
  kind: "matrix" | "vector" | "scalar" | "string";
  series: AnsweredSeries[];
  /** Native histograms are not drawn: they are only counted here, and stand in the raw answer. */
  histograms: number;
}

/** What it took to answer; null is what the source does not tell. */
export interface Cost {
  /** From asking to the last byte, in the browser. */
  elapsedMs: number;
  bytes: number;
  /** Time the source itself worked. */
  sourceSeconds: number | null;
  samples: number | null;
  peakSamples: number | null;
  lines: number | null;
  logBytes: number | null;
}

/** The figures of an answer of either source. */
export function figuresOf({ data }: z.infer<typeof SourceAnswer>): Figures {
  switch (data.resultType) {
    case "matrix": {
      const series = data.result.map(({ metric, values }) => ({ labels: metric, samples: values }));
      const histograms = data.result.filter((one) => one.histograms.length > 0).length;
      return { kind: "matrix", series: series.filter(({ samples }) => samples.length > 0), histograms };
    }
    case "vector": {
      const series = data.result.flatMap(({ metric, value }) =>
        value ? [{ labels: metric, samples: [value] }] : [],
      );
      return { kind: "vector", series, histograms: data.result.length - series.length };
    }
    default:
      return { kind: data.resultType, series: [{ labels: {}, samples: [data.result] }], histograms: 0 };
  }
}

/** What the source says it did for an answer. */
export function costOf(
  { data: { stats } }: z.infer<typeof SourceAnswer>,
  measured: Pick<Cost, "elapsedMs" | "bytes">,
): Cost {
  const { timings, samples, summary } = stats;
  return {
    ...measured,
    sourceSeconds: timings.execTotalTime ?? summary.execTime,
    samples: samples.totalQueryableSamples,
    peakSamples: samples.peakSamples,
    lines: summary.totalLinesProcessed,
    logBytes: summary.totalBytesProcessed,
  };
}
