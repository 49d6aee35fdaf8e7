import { describe, expect, test } from "vitest";
import {
  batchDurations,
  batchFigures,
  batchRuns,
  type BatchReading,
  judgeBatch,
  lastRunSeconds,
  readBatches,
} from "./batch.ts";

const HOUR = 3600;
/** A nightly job: 7 runs a week, so every 24 h. */
const nightly: BatchReading = {
  runsLastDay: 1,
  failuresLastDay: 0,
  runsLastWeek: 7,
  lastDurationSeconds: 300,
  lastSuccessAgeSeconds: 10 * HOUR,
};

test.each<[what: string, change: Partial<BatchReading>, level: string, reason: string]>([
  ["on time", {}, "OK", "last success 10 h ago"],
  ["26 h is not late yet", { lastSuccessAgeSeconds: 26 * HOUR }, "OK", "last success 26 h ago"],
  ["late", { lastSuccessAgeSeconds: 27 * HOUR }, "WARNING", "last success 27 h ago, usually every 24 h"],
  [
    "50 h is not lost yet",
    { lastSuccessAgeSeconds: 50 * HOUR },
    "WARNING",
    "last success 2.1 d ago, usually every 24 h",
  ],
  ["lost", { lastSuccessAgeSeconds: 51 * HOUR }, "CRITICAL", "last success 2.1 d ago, usually every 24 h"],
  ["failed once", { failuresLastDay: 1 }, "WARNING", "1 failed run in the last day, last success 10 h ago"],
  // Hourly: 168 runs a week; late after two hours, lost after 50.
  [
    "hourly, late",
    { runsLastWeek: 168, lastSuccessAgeSeconds: 2.5 * HOUR },
    "WARNING",
    "last success 2.5 h ago, usually every 60 min",
  ],
  // Weekly: late after 14 days, lost after 28.
  [
    "weekly, on time",
    { runsLastWeek: 1, lastSuccessAgeSeconds: 6 * 24 * HOUR },
    "OK",
    "last success 6 d ago",
  ],
  [
    "weekly, late",
    { runsLastWeek: 1, lastSuccessAgeSeconds: 15 * 24 * HOUR },
    "WARNING",
    "last success 15 d ago, usually every 7 d",
  ],
  [
    "weekly, lost",
    { runsLastWeek: 1, lastSuccessAgeSeconds: 29 * 24 * HOUR },
    "CRITICAL",
    "last success 29 d ago, usually every 7 d",
  ],
  [
    "interval unknown",
    { runsLastWeek: null, lastSuccessAgeSeconds: 27 * HOUR },
    "WARNING",
    "last success 27 h ago",
  ],
  ["nothing known", { lastSuccessAgeSeconds: null }, "UNKNOWN", "no successful run on record"],
  [
    "only failures",
    { lastSuccessAgeSeconds: null, failuresLastDay: 3 },
    "WARNING",
    "3 failed runs in the last day, no success on record",
  ],
])("%s", (_, change, level, reason) => {
  expect(judgeBatch({ ...nightly, ...change })).toMatchObject({ level, reason });
});

describe("lastRunSeconds", () => {
  test.each<[string, (number | null)[], (number | null)[], number | null]>([
    ["the newest step", [100, 400, 400, 720], [1, 2, 2, 3], 320],
    ["two runs in one step share it", [100, 700], [1, 3], 300],
    ["a reset says nothing, the run before it does", [100, 400, 0], [1, 2, 0], 300],
    ["a gap is no step", [100, null, 400], [1, null, 2], null],
    ["no run", [100, 100], [1, 1], null],
    ["nothing", [], [], null],
  ])("%s", (_, seconds, runs, expected) => expect(lastRunSeconds(seconds, runs)).toBe(expected));
});

test("runs are whole: 0.99 of a run was one", () => {
  const sample = (figure: string, value: number) => ({ labels: { service: "backup", figure }, value });
  const samples = [
    sample("runsLastDay", 0.994),
    sample("runsLastWeek", 7.02),
    sample("failuresLastDay", 0),
    sample("lastSuccessAgeSeconds", 36_000),
  ];
  expect(readBatches(samples).get("backup")).toEqual({
    runsLastDay: 1,
    runsLastWeek: 7,
    failuresLastDay: 0,
    lastSuccessAgeSeconds: 36_000,
  });
});

test("queries", () => {
  expect(batchFigures()).toContain('sum by (service) (increase(batch_runs_total{service!=""}[604800s]))');
  expect(batchRuns("backup", 300)).toContain(
    'clamp_min(sum by (service) (batch_runs_total{service="backup"}) - sum by (service) (batch_runs_total{service="backup"} offset 300s), 0)',
  );
  expect(batchDurations("backup", 300)).toMatch(
    /batch_duration_seconds_sum.* \/ \(.*batch_duration_seconds_count.* > 0\)$/,
  );
});
