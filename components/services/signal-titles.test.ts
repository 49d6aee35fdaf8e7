import { describe, expect, it } from "vitest";
import {
  batchAgeTitle,
  batchDurationTitle,
  batchRunsTitle,
  errorsTitle,
  latencyTitle,
  recordsTitle,
  saturationTitle,
  trafficTitle,
} from "./signal-titles.ts";

const latency = (p99Seconds: number | null, thresholdSeconds = 0.5) =>
  latencyTitle({
    level: "OK",
    reason: "no latency data",
    p50Seconds: null,
    p95Seconds: null,
    p99Seconds,
    thresholdSeconds,
  });

const traffic = (requestsPerSecond: number | null, baselinePerSecond: number | null) => {
  const ratio =
    requestsPerSecond !== null && baselinePerSecond !== null ? requestsPerSecond / baselinePerSecond : null;
  return trafficTitle({
    level: "OK",
    reason: "no request data",
    requestsPerSecond,
    baselinePerSecond,
    ratio,
  });
};

const errors = (ratio: number | null) =>
  errorsTitle({
    level: "OK",
    reason: "no request data",
    ratio,
    clientErrorRatio: null,
    timeoutRatio: null,
    businessErrorsPerSecond: null,
  });

describe("titles of the golden signals", () => {
  it.each([
    [latency(0.412), "p99 412 ms, 18 % under the threshold of 500 ms"],
    [latency(0.5), "p99 500 ms, at the threshold of 500 ms"],
    [latency(0.501), "p99 501 ms, just over the threshold of 500 ms"],
    [latency(0.6), "p99 600 ms, 20 % over the threshold of 500 ms"],
    [latency(1.2), "p99 1.2 s, 2.4x the threshold of 500 ms"],
    [latency(null), "Latency: no latency data"],
    [traffic(94, 43), "94/s, 2.19x the usual 43/s"],
    [traffic(20, 50), "20/s, 0.4x the usual 50/s"],
    [traffic(110, 100), "110/s, 10 % over the usual 100/s"],
    [traffic(90, 100), "90/s, 10 % under the usual 100/s"],
    [traffic(100, 100.2), "100/s, as usual"],
    [traffic(3, null), "3/s, no baseline yet"],
    [traffic(null, 50), "Traffic: no request data"],
    [errors(0.0231), "2.31 % of requests fail"],
    [errors(0), "No request fails"],
    [errors(null), "Errors: no request data"],
  ])("%s", (title, expected) => {
    expect(title).toBe(expected);
  });

  it("takes saturation's own reason", () => {
    const known = {
      level: "OK",
      reason: "memory of checkout-7c9 at 71 %",
      ratio: 0.71,
      resource: "memory",
      subject: "checkout-7c9",
    } as const;
    expect(saturationTitle(known)).toBe("Memory of checkout-7c9 at 71 %");
    const unknown = {
      level: "UNKNOWN",
      reason: "no usage or no limits known",
      ratio: null,
      resource: null,
      subject: null,
    } as const;
    expect(saturationTitle(unknown)).toBe("Saturation: no usage or no limits known");
  });
});

describe("titles of a batch service", () => {
  const batch = {
    level: "OK",
    reason: "",
    runsLastDay: 4,
    failuresLastDay: 1,
    lastDurationSeconds: 1260,
    lastSuccessAgeSeconds: 32_400,
  } as const;

  it("says runs, failures, duration and age", () => {
    expect([batchRunsTitle(batch), batchDurationTitle(batch), batchAgeTitle(batch)]).toEqual([
      "4 runs in 24 h, 1 failed",
      "Last run took 21 min",
      "Last success 9 h ago",
    ]);
  });

  it("never turns nothing into zero", () => {
    const silent = {
      ...batch,
      runsLastDay: null,
      failuresLastDay: null,
      lastDurationSeconds: null,
      lastSuccessAgeSeconds: null,
    };
    expect([batchRunsTitle(silent), batchDurationTitle(silent), batchAgeTitle(silent)]).toEqual([
      "Runs: no data",
      "Duration: no run in this range",
      "No success on record",
    ]);
    expect(batchRunsTitle({ ...batch, runsLastDay: 0, failuresLastDay: 0 })).toBe(
      "No run in 24 h, none failed",
    );
  });
});

describe("recordsTitle", () => {
  const line = (name: string, values: (number | null)[]) => ({ name, labels: {}, values });

  it("compares the sums over the range, gaps left out", () => {
    const series = [line("expected", [500, null, 500]), line("processed", [500, null, 498])];
    expect(recordsTitle({ series })).toBe("99.8 % of the expected records processed");
  });

  it("says when nothing was expected", () => {
    expect(recordsTitle({ series: [line("expected", [0, null]), line("processed", [null, null])] })).toBe(
      "Records: none expected in this range",
    );
  });
});
