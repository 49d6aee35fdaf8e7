import { describe, expect, test } from "vitest";
import { costOf, figuresOf, SourceAnswer } from "./explore-answer.ts";
import { chartOf } from "./explore-chart.ts";
import { ExemplarAnswer, exemplarsOf } from "./exemplar-answer.ts";

const answer = (data: object) => SourceAnswer.parse({ status: "success", data });
const measured = { elapsedMs: 12, bytes: 34 };

describe("figures", () => {
  test("of a range, with the numbers as they were written", () => {
    const metric = { node: "ai1" };
    const result = [{ metric, values: [[1, "NaN"], [2, "1e-7"]] }, { metric: {}, histograms: [[1, {}]] }]; // prettier-ignore
    expect(figuresOf(answer({ resultType: "matrix", result }))).toEqual({
      kind: "matrix",
      series: [{ labels: metric, samples: [[1, "NaN"], [2, "1e-7"]] }], // prettier-ignore
      histograms: 1,
    });
  });
  test("of an instant", () => {
    const result = [
      { metric: { a: "b" }, value: [1, "+Inf"] },
      { metric: {}, histogram: [1, {}] },
    ];
    expect(figuresOf(answer({ resultType: "vector", result }))).toEqual({
      kind: "vector",
      series: [{ labels: { a: "b" }, samples: [[1, "+Inf"]] }],
      histograms: 1,
    });
  });
  test.each(["scalar", "string"] as const)("of a %s", (resultType) => {
    expect(figuresOf(answer({ resultType, result: [1, "2"] }))).toEqual({
      kind: resultType,
      series: [{ labels: {}, samples: [[1, "2"]] }],
      histograms: 0,
    });
  });
  test("of lines there are none here", () => {
    expect(
      SourceAnswer.safeParse({ status: "success", data: { resultType: "streams", result: [] } }).success,
    ).toBe(false);
  });
});

describe("cost", () => {
  const none = { sourceSeconds: null, samples: null, peakSamples: null, lines: null, logBytes: null };
  test.each([
    [undefined, none],
    [{ nonsense: 1 }, none],
    [{ timings: "?" }, none],
    [
      {
        timings: { execTotalTime: 0.2 },
        samples: { totalQueryableSamples: 9, peakSamples: 4, totalQueryableSamplesPerStep: [[1, 9]] },
      },
      { ...none, sourceSeconds: 0.2, samples: 9, peakSamples: 4 },
    ],
    [
      { summary: { execTime: 0.5, totalLinesProcessed: 7, totalBytesProcessed: 70 } },
      { ...none, sourceSeconds: 0.5, lines: 7, logBytes: 70 },
    ],
  ])("of %j", (stats, cost) => {
    const told = answer({ resultType: "vector", result: [], ...(stats && { stats }) });
    expect(costOf(told, measured)).toEqual({ ...measured, ...cost });
  });
});

describe("a chart", () => {
  const span = { askedAtMs: 0, fromMs: 60_000, toMs: 120_000, stepSeconds: 30 };
  test("has a gap wherever there is no number", () => {
    const samples: [number, string][] = [[60, "1"], [90, "NaN"], [150, "7"]]; // prettier-ignore
    expect(chartOf([{ labels: { a: "x" }, samples }], span, "seconds")).toEqual({
      startSeconds: 60,
      stepSeconds: 30,
      unit: "seconds",
      series: [{ name: "x", labels: { a: "x" }, values: [1, null, null] }],
      thresholds: [],
    });
  });
  test("of very many lines those that are highest now, in the order of their names", () => {
    const many = Array.from({ length: 40 }, (_, at) => ({
      labels: { a: String(at) },
      samples: [[60, String(at)]] as [number, string][],
    }));
    const names = chartOf(many, span, "count").series.map(({ name }) => name);
    expect(names).toEqual(Array.from({ length: 30 }, (_, at) => String(at + 10)));
  });
});

test("exemplars, the highest first, each with its trace where it names one", () => {
  const id = "4bf92f3577b34da6a3ce929d0e0e4736";
  const data = [
    {
      seriesLabels: { route: "/pay" },
      exemplars: [
        { labels: { user: "7" }, value: "0.1", timestamp: 1.5 },
        { labels: { trace_id: id }, value: "2.5", timestamp: 2 },
      ],
    },
  ];
  expect(exemplarsOf(ExemplarAnswer.parse({ data }))).toEqual([
    { atMs: 2_000, value: 2.5, labels: { route: "/pay", trace_id: id }, traceId: id },
    { atMs: 1_500, value: 0.1, labels: { route: "/pay", user: "7" }, traceId: null },
  ]);
  expect(exemplarsOf(ExemplarAnswer.parse({ data: null }))).toEqual([]);
});
