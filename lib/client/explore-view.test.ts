import { expect, test } from "vitest";
import { explorePath, stepFor } from "./explore-view.ts";

const HOUR = { lastSeconds: 3_600 };
const FIXED = { from: "2026-01-01T00:00:00.000Z", to: "2026-01-01T01:00:00.000Z" };

test.each([
  [{ q: "up" }, { lastSeconds: 86_400 }, { q: "up" }],
  [{ q: 'a{b="c&d"} + 1' }, HOUR, { range: "1h", q: 'a{b="c&d"} + 1' }],
  [{ lang: "logql", q: "{}", step: 60 }, HOUR, { range: "1h", lang: "logql", q: "{}", step: "60" }],
  [{ q: "up" }, FIXED, { from: "2026-01-01T00:00:00Z", to: "2026-01-01T01:00:00Z", q: "up" }],
] as const)("the address of %j over %j", (view, range, params) => {
  const url = new URL(explorePath(view, range), "http://x");
  expect(url.pathname).toBe("/explore");
  expect(Object.fromEntries(url.searchParams)).toEqual(params);
});

test.each([
  [60, 15],
  [3_600, 15],
  [6 * 3_600, 120],
  [86_400, 300],
  [7 * 86_400, 3_600],
  [92 * 86_400, 43_200],
])("a span of %i s has a point every %i s", (span, step) => expect(stepFor(span)).toBe(step));
