import { expect, test } from "vitest";
import { instantMs, MAX_RANGE_SECONDS, spanProblem } from "./range.ts";

test.each([
  ["2026-11-20T10:00:00Z", Date.UTC(2026, 10, 20, 10)],
  ["2026-11-20T10:00:00.25+01:00", Date.UTC(2026, 10, 20, 9, 0, 0, 250)],
  ["2024-02-29T00:00:00Z", Date.UTC(2024, 1, 29)],
  ["2026-02-30T00:00:00Z", null],
  ["2026-02-29T00:00:00Z", null],
  ["2026-13-01T00:00:00Z", null],
  ["2026-11-20T24:00:00Z", null],
  ["2026-11-20T10:00Z", null],
  ["2026-11-20T10:00:00", null],
  ["2026-11-20", null],
  ["20 Nov 2026", null],
  ["", null],
])("%j is %j", (text, atMs) => expect(instantMs(text)).toBe(atMs));

test.each([
  [0, 1, undefined],
  [1, 1, "to"],
  [2, 1, "to"],
  [Number.NaN, 1, "to"],
  [0, MAX_RANGE_SECONDS * 1000, undefined],
  [0, MAX_RANGE_SECONDS * 1000 + 1, "from"],
])("a span from %d to %d is wrong at %j", (fromMs, toMs, of) =>
  expect(spanProblem(fromMs, toMs)?.of).toBe(of),
);
