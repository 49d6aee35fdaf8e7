import { describe, expect, it } from "vitest";
import { durationsOf } from "./durations.ts";
import { durationMetrics, MIN_TREND_INCIDENTS, nearestRank, summarise } from "./metrics.ts";
import { targetStandings } from "./metrics-targets.ts";
import type { Severity } from "./severity.ts";

const at = (text: string | null) => (text === null ? null : Date.parse(text));

/** Times as people read them off a clock, with its offset; minutes worked out by hand. */
const COURSES = [
  {
    name: "an ordinary afternoon",
    times: [
      "2026-11-20T14:26:00Z",
      "2026-11-20T14:30:05Z",
      "2026-11-20T14:32:05Z",
      "2026-11-20T14:44:00Z",
      "2026-11-20T14:56:00Z",
    ],
    minutes: [4 + 5 / 60, 2, 18, 30],
  },
  {
    name: "through the night of the change to winter time in Vienna: 02:50 comes twice",
    times: [
      "2026-10-25T02:50:00+02:00",
      "2026-10-25T02:10:00+01:00",
      "2026-10-25T02:15:00+01:00",
      "2026-10-25T02:50:00+01:00",
      "2026-10-25T03:20:00+01:00",
    ],
    minutes: [20, 5, 60, 90],
  },
  {
    name: "through the night of the change to summer time in Vienna: 02:00 to 03:00 does not exist",
    times: [
      "2026-03-29T01:50:00+01:00",
      "2026-03-29T03:05:00+02:00",
      "2026-03-29T03:15:00+02:00",
      "2026-03-29T03:30:00+02:00",
      "2026-03-29T04:20:00+02:00",
    ],
    minutes: [15, 10, 40, 90],
  },
  {
    name: "nobody knows when it began, and it was never mitigated",
    times: [null, "2026-11-20T10:00:00Z", "2026-11-20T10:03:00Z", null, "2026-11-20T10:40:00Z"],
    minutes: [null, 3, null, null],
  },
  {
    name: "still going on",
    times: ["2026-11-20T09:58:00Z", "2026-11-20T10:00:00Z", null, null, null],
    minutes: [2, null, null, null],
  },
] as const;

const seconds = (minutes: number | null) => (minutes === null ? null : Math.round(minutes * 60));
const durations = COURSES.map(({ times: [started, detected, acknowledged, mitigated, resolved] }) =>
  durationsOf({
    startedAtMs: at(started),
    detectedAtMs: Date.parse(detected),
    acknowledgedAtMs: at(acknowledged),
    mitigatedAtMs: at(mitigated),
    resolvedAtMs: at(resolved),
  }),
);

describe("durations", () => {
  it.each(COURSES.map((course, index) => ({ ...course, index })))("$name", ({ minutes, index }) => {
    const { detectSeconds, acknowledgeSeconds, mitigateSeconds, resolveSeconds } = durations[index]!;
    expect([detectSeconds, acknowledgeSeconds, mitigateSeconds, resolveSeconds]).toEqual(
      minutes.map(seconds),
    );
  });

  it("come to the median, p90 and mean of what is known", () => {
    const { detectSeconds, acknowledgeSeconds, mitigateSeconds, resolveSeconds } = durationMetrics(
      durations,
      [],
    );
    // 120, 245, 900, 1200 s
    expect(detectSeconds).toEqual({
      n: 4,
      missing: 1,
      medianSeconds: 572.5,
      p90Seconds: 1200,
      meanSeconds: 616.25,
      trend: null,
    });
    // 120, 180, 300, 600 s
    expect(acknowledgeSeconds).toMatchObject({ n: 4, medianSeconds: 240, p90Seconds: 600, meanSeconds: 300 });
    // 18, 40, 60 min
    expect(mitigateSeconds).toMatchObject({ n: 3, missing: 2, medianSeconds: 2400, meanSeconds: 2360 });
    // 30, 90, 90 min
    expect(resolveSeconds).toMatchObject({ n: 3, medianSeconds: 5400, p90Seconds: 5400, meanSeconds: 4200 });
  });
});

describe("summaries", () => {
  it.each([
    { values: [], median: null, p90: null, mean: null },
    { values: [null, null], median: null, p90: null, mean: null },
    { values: [0], median: 0, p90: 0, mean: 0 },
    { values: [30, 10, 20], median: 20, p90: 30, mean: 20 },
    { values: [40, 10, 20, 30], median: 25, p90: 40, mean: 25 },
    // Ten values: nine of them are at most 90, so 90 is the p90 by nearest rank; with eleven it is the tenth.
    { values: [10, 20, 30, 40, 50, 60, 70, 80, 90, 1000], median: 55, p90: 90, mean: 145 },
    { values: [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110], median: 60, p90: 100, mean: 60 },
  ])("$values", ({ values, median, p90, mean }) => {
    const summary = summarise(values);
    expect(summary).toMatchObject({ medianSeconds: median, p90Seconds: p90, meanSeconds: mean });
    expect(summary.n + summary.missing).toBe(values.length);
  });

  it("sorts by size, not as text", () => {
    expect(summarise([9, 100, 20]).medianSeconds).toBe(20);
    expect(nearestRank([1, 2, 3], 0)).toBe(1);
  });
});

const resolvedIn = (
  severity: Severity,
  resolveSeconds: number | null,
  detectSeconds: number | null = null,
) => ({
  severity,
  detectSeconds,
  acknowledgeSeconds: null,
  mitigateSeconds: null,
  resolveSeconds,
});
const many = (count: number, resolveSeconds: number) =>
  Array.from({ length: count }, () => resolvedIn("P2", resolveSeconds));

describe("trends", () => {
  it.each([
    { now: 10, before: 10, nowSeconds: 60, direction: "shorter" },
    { now: 10, before: 12, nowSeconds: 300, direction: "longer" },
    { now: 11, before: 10, nowSeconds: 120, direction: "same" },
    { now: 9, before: 40, nowSeconds: 60, direction: null },
    { now: 40, before: 9, nowSeconds: 60, direction: null },
  ])("of $now incidents against $before: $direction", ({ now, before, nowSeconds, direction }) => {
    const { resolveSeconds } = durationMetrics(many(now, nowSeconds), many(before, 120));
    expect(resolveSeconds.trend?.direction ?? null).toBe(direction);
  });

  it("count only incidents whose duration is known", () => {
    const now = [...many(MIN_TREND_INCIDENTS - 1, 60), resolvedIn("P2", null)];
    expect(durationMetrics(now, many(20, 120)).resolveSeconds.trend).toBeNull();
  });
});

describe("targets", () => {
  const standing = (incidents: ReturnType<typeof resolvedIn>[]) =>
    targetStandings(incidents).map(({ name, n, meanSeconds, met }) => ({ name, n, meanSeconds, met }));

  it("go by the mean, strictly below, of those they are about", () => {
    expect(
      standing([resolvedIn("P1", 1200, 200), resolvedIn("P1", 2398, 398), resolvedIn("P3", 90_000, 305)]),
    ).toEqual([
      { name: "MTTR of P1", n: 2, meanSeconds: 1799, met: true },
      { name: "MTTD", n: 3, meanSeconds: 301, met: false },
    ]);
    expect(standing([resolvedIn("P1", 1800, 300)]).map(({ met }) => met)).toEqual([false, false]);
  });

  it("are neither met nor missed without an incident", () => {
    expect(standing([resolvedIn("P1", null)]).map(({ met }) => met)).toEqual([null, null]);
  });
});
