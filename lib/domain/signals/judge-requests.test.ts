import { describe, expect, test } from "vitest";
import { judgeErrors, judgeLatency, judgeTraffic } from "./judge-requests.ts";
import { limitsOf } from "./limits.ts";
import { NO_LATENCY, NO_REQUESTS, type RequestReading } from "./request-readings.ts";

const WINDOW = 300;
const LIMITS = limitsOf(null, {});

/** 10 requests per second are 3,000 in the window. */
const requests = (totalPerSecond: number, serverErrorsPerSecond = 0): RequestReading => ({
  totalPerSecond,
  serverErrorsPerSecond,
  clientErrorsPerSecond: 0,
  timeoutsPerSecond: 0,
});

describe("latency", () => {
  test.each<[p99: number | null, total: number | null, level: string, reason: string]>([
    [0.412, 10, "OK", "p99 412 ms, limit 500 ms"],
    [0.5, 10, "OK", "p99 500 ms, limit 500 ms"],
    [0.501, 10, "WARNING", "p99 501 ms, over the limit of 500 ms"],
    [1, 10, "WARNING", "p99 1 s, over the limit of 500 ms"],
    [1.41, 10, "CRITICAL", "p99 1.41 s, over twice the limit of 500 ms"],
    // 0.33/s are 99 requests in five minutes, 1/3 per second are 100.
    [9, 0.33, "UNKNOWN", "low traffic: 99 requests in 5 min, 100 needed"],
    [9, 100 / 300, "CRITICAL", "p99 9 s, over twice the limit of 500 ms"],
    [null, 10, "UNKNOWN", "no latency data"],
    [null, null, "UNKNOWN", "no latency data"],
    [null, 0, "UNKNOWN", "low traffic: 0 requests in 5 min, 100 needed"],
    // A histogram without a request counter is judged by the histogram alone.
    [0.6, null, "WARNING", "p99 600 ms, over the limit of 500 ms"],
  ])("p99 %s s at %s requests/s is %s", (p99Seconds, total, level, reason) => {
    const reading = total === null ? NO_REQUESTS : requests(total);
    expect(judgeLatency({ ...NO_LATENCY, p99Seconds }, reading, WINDOW, LIMITS)).toMatchObject({
      level,
      reason,
      p99Seconds,
      thresholdSeconds: 0.5,
    });
  });

  test.each([
    ["critical", {}, 0.1],
    ["essential", {}, 0.5],
    ["standard", {}, 1],
    ["best_effort", {}, 2],
    [null, {}, 0.5],
    ["critical", { latencyP99Seconds: 0.3 }, 0.3],
  ] as const)("tier %s with %o has the threshold %s s", (tier, own, threshold) => {
    expect(limitsOf(tier, own).latencyP99Seconds).toBe(threshold);
  });
});

describe("errors", () => {
  test.each<[total: number, failing: number, level: string, reason: string]>([
    [100, 0, "OK", "0 % of requests fail"],
    [100, 1, "OK", "1 % of requests fail"],
    [100, 1.01, "WARNING", "1.01 % of requests fail, over 1 %"],
    [100, 2.31, "WARNING", "2.31 % of requests fail, over 1 %"],
    [100, 5, "WARNING", "5 % of requests fail, over 1 %"],
    [100, 5.1, "CRITICAL", "5.1 % of requests fail, over 5 %"],
    // 0.07 / 7 is 0.010000000000000002 in floating point, and no more than 1 %.
    [7, 0.07, "OK", "1 % of requests fail"],
    [0.2, 0.2, "UNKNOWN", "low traffic: 60 requests in 5 min, 100 needed"],
  ])("%s/s with %s/s failing is %s", (total, failing, level, reason) => {
    expect(judgeErrors(requests(total, failing), null, WINDOW, LIMITS)).toMatchObject({ level, reason });
  });

  test("no counter at all is UNKNOWN with no figure, not 0 %", () => {
    expect(judgeErrors(NO_REQUESTS, null, WINDOW, LIMITS)).toEqual({
      level: "UNKNOWN",
      reason: "no request data",
      ratio: null,
      clientErrorRatio: null,
      timeoutRatio: null,
      businessErrorsPerSecond: null,
    });
  });

  test("classes are ratios of all requests, and a service's own limits count", () => {
    const reading = { ...requests(200, 4), clientErrorsPerSecond: 10, timeoutsPerSecond: 1 };
    const own = limitsOf("critical", { errorWarningRatio: 0.001, errorCriticalRatio: 0.015 });
    expect(judgeErrors(reading, 0.5, WINDOW, own)).toEqual({
      level: "CRITICAL",
      reason: "2 % of requests fail, over 1.5 %",
      ratio: 0.02,
      clientErrorRatio: 0.05,
      timeoutRatio: 0.005,
      businessErrorsPerSecond: 0.5,
    });
  });
});

describe("traffic", () => {
  test.each<[now: number | null, usual: number | null, level: string, reason: string]>([
    [94, 43, "WARNING", "94/s, 2.19x the usual 43/s"],
    [86, 43, "OK", "86/s, usual 43/s"],
    [86.1, 43, "WARNING", "86.1/s, 2x the usual 43/s"],
    [21.5, 43, "OK", "21.5/s, usual 43/s"],
    [21, 43, "WARNING", "21/s, 0.488x the usual 43/s"],
    [186, null, "UNKNOWN", "186/s, no baseline to compare with"],
    [186, 0, "UNKNOWN", "186/s, no baseline to compare with"],
    [null, 43, "UNKNOWN", "no request data"],
    // Quiet by habit stays UNKNOWN; plenty that fell to nothing is what the signal is for.
    [0.01, 0.02, "UNKNOWN", "low traffic: 3 requests in 5 min, 100 needed"],
    [0, 43, "WARNING", "0/s, 0x the usual 43/s"],
  ])("%s/s against %s/s is %s", (now, usual, level, reason) => {
    const reading = now === null ? NO_REQUESTS : requests(now);
    expect(judgeTraffic(reading, usual, WINDOW)).toMatchObject({ level, reason });
  });
});
