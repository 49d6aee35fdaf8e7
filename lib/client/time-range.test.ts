import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TimeRange } from "#lib/contracts/time-range.ts";
import {
  DEFAULT_RANGE,
  fixedRange,
  formatSpan,
  parseSpan,
  parseTimeRange,
  rangeBounds,
  rangeParams,
  rangesEqual,
} from "./time-range.ts";

describe("parseSpan", () => {
  test.each([
    ["60s", 60],
    ["15m", 900],
    ["24h", 86_400],
    ["7d", 604_800],
    ["13w", 7_862_400],
    ["92d", 7_948_800],
  ])("reads %s as %i seconds", (text, seconds) => expect(parseSpan(text)).toBe(seconds));

  test.each(["59s", "93d", "0h", "-1h", "1.5h", "1 h", "1y", "h", "", "1h1m", "99999999s", "１h"])(
    "refuses %j",
    (text) => expect(parseSpan(text)).toBeNull(),
  );
});

test("every span survives being written and read", () => {
  fc.assert(
    fc.property(fc.integer({ min: 60, max: 7_948_800 }), (seconds) => {
      expect(parseSpan(formatSpan(seconds))).toBe(seconds);
    }),
  );
});

describe("formatSpan takes the largest exact unit", () => {
  test.each([
    [86_400, "1d"],
    [5_400, "90m"],
    [604_800, "1w"],
    [61, "61s"],
  ])("%i is %s", (seconds, text) => expect(formatSpan(seconds)).toBe(text));
});

describe("parseTimeRange", () => {
  test("an address without a range is the last 24 hours, and nothing was rejected", () => {
    expect(parseTimeRange({})).toEqual({ range: { lastSeconds: 86_400 }, rejected: null });
  });

  test("reads a relative range, the first of several", () => {
    expect(parseTimeRange({ range: ["6h", "7d"] }).range).toEqual({ lastSeconds: 21_600 });
  });

  test("reads an absolute range, which wins over a relative one", () => {
    const params = { from: "2026-11-20T10:00:00Z", to: "2026-11-20T12:00:00+01:00", range: "6h" };
    expect(parseTimeRange(params)).toEqual({
      range: { from: "2026-11-20T10:00:00Z", to: "2026-11-20T12:00:00+01:00" },
      rejected: null,
    });
  });

  test.each([
    ["backwards", { from: "2026-11-20T12:00:00Z", to: "2026-11-20T10:00:00Z" }],
    ["empty", { from: "2026-11-20T12:00:00Z", to: "2026-11-20T12:00:00Z" }],
    ["half", { from: "2026-11-20T12:00:00Z" }],
    ["over 92 days", { from: "2026-01-01T00:00:00Z", to: "2026-04-04T00:00:01Z" }],
    ["words", { range: "yesterday" }],
    ["an injection", { range: '24h"><script>' }],
  ])("falls back and says so when it is %s", (_, params) => {
    const { range, rejected } = parseTimeRange(params);
    expect(range).toEqual(DEFAULT_RANGE);
    expect(rejected).toMatch(/\S/);
  });
});

describe("fixedRange", () => {
  const digits = (least: number, most: number) =>
    fc.integer({ min: least, max: most }).map((number) => String(number).padStart(2, "0"));
  const instant = fc
    .tuple(
      fc.constantFrom("2026", "2024", "1999"),
      digits(0, 13),
      digits(0, 32),
      digits(0, 25),
      digits(0, 61),
      digits(0, 61),
      fc.constantFrom("Z", ".250Z", "+01:00", "-13:59", "+24:00", ""),
    )
    .map(([year, month, day, hour, minute, second, end]) => {
      return `${year}-${month}-${day}T${hour}:${minute}:${second}${end}`;
    });

  test("takes what the API takes, and nothing else", () =>
    fc.assert(
      fc.property(instant, instant, (from, to) => {
        expect(fixedRange(from, to)).toEqual(TimeRange.safeParse({ from, to }).data ?? null);
      }),
      { numRuns: 2_000 },
    ));
});

describe("rangeParams", () => {
  test("leaves the address bare for the default range", () => {
    expect(rangeParams({ lastSeconds: 86_400 })).toEqual({ range: null, from: null, to: null });
  });

  test("writes UTC without empty milliseconds, and clears the other form", () => {
    const range = { from: "2026-11-20T12:00:00.000+01:00", to: "2026-11-20T12:30:00.250Z" };
    expect(rangeParams(range)).toEqual({
      range: null,
      from: "2026-11-20T11:00:00Z",
      to: "2026-11-20T12:30:00.250Z",
    });
  });

  test("what is written is read back as the same range", () => {
    const range = { from: "2026-11-20T11:00:00.500+02:00", to: "2026-11-21T00:00:00Z" };
    expect(rangesEqual(parseTimeRange(rangeParams(range)).range, range)).toBe(true);
  });
});

test("rangeBounds: a relative range ends now, an absolute one where it says", () => {
  expect(rangeBounds({ lastSeconds: 60 }, 1_000_000)).toEqual({ fromMs: 940_000, toMs: 1_000_000 });
  const absolute = { from: "1970-01-01T00:00:10Z", to: "1970-01-01T00:00:20Z" };
  expect(rangeBounds(absolute, 1_000_000)).toEqual({ fromMs: 10_000, toMs: 20_000 });
});

test("rangesEqual compares moments, not spellings", () => {
  const utc = { from: "2026-11-20T11:00:00Z", to: "2026-11-20T12:00:00Z" };
  const vienna = { from: "2026-11-20T12:00:00+01:00", to: "2026-11-20T13:00:00+01:00" };
  expect(rangesEqual(utc, vienna)).toBe(true);
  expect(rangesEqual(utc, { lastSeconds: 3_600 })).toBe(false);
  expect(rangesEqual({ lastSeconds: 3_600 }, { lastSeconds: 60 })).toBe(false);
});
