import { describe, expect, it } from "vitest";
import type { DurationMetric } from "#lib/contracts/incident-metrics.ts";
import { formulaOf, trendInWords } from "./metric-words.ts";

const METRIC: DurationMetric = {
  n: 12,
  missing: 3,
  medianSeconds: 600,
  p90Seconds: 1200,
  meanSeconds: 700,
  trend: null,
};

describe("words of a duration", () => {
  it("name the formula, the method and what is left out", () => {
    const words = formulaOf("resolveSeconds", METRIC);
    expect(words).toContain("TTR = resolved − impact began; of 12 incidents, 3 left out");
    expect(words).toContain("nearest rank");
    expect(formulaOf("resolveSeconds", { ...METRIC, missing: 0 })).toContain("none is left out");
  });

  it.each([
    {
      direction: "shorter",
      previousMedianSeconds: 900,
      words: "↓ 5 min shorter than 15 min in the period before (n 20)",
    },
    {
      direction: "longer",
      previousMedianSeconds: 300,
      words: "↑ 5 min longer than 5 min in the period before (n 20)",
    },
    { direction: "same", previousMedianSeconds: 600, words: "as long as 10 min in the period before (n 20)" },
  ] as const)("tell a trend: $direction", ({ words, ...trend }) => {
    expect(trendInWords({ ...METRIC, trend: { previousN: 20, ...trend } }, 10)).toBe(words);
  });

  it("draw no arrow on few, and say from how many on", () => {
    expect(trendInWords(METRIC, 10)).toBe("no trend below 10 incidents in each period");
  });
});
