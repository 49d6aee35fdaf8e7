import { expect, test } from "@playwright/test";
import { firstLoadBytes } from "./first-load.ts";
import { PAGES } from "./pages.ts";

/** What is wanted is 250: docs/charts.md says what is in the way. No page may grow beyond what the largest brings now. */
const LIMIT_KB = 315;

test("no page's first load brings more compressed scripts than the largest does now", async ({ request }) => {
  const known = new Map<string, number>();
  const kilobytes: Record<string, number> = {};
  for (const { name, path } of PAGES) {
    kilobytes[name] = Math.round((await firstLoadBytes(request, path, known)) / 1000);
  }
  expect(Object.values(kilobytes).every((size) => size > 50)).toBe(true);
  expect(Object.entries(kilobytes).filter(([, size]) => size > LIMIT_KB)).toEqual([]);
});
