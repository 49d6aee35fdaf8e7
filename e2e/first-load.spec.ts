import { expect, test } from "@playwright/test";
import { firstLoadBytes } from "./first-load.ts";
import { PAGES } from "./pages.ts";

const LIMIT_KB = 250;

test("no page's first load brings more than 250 KB of compressed scripts", async ({ request }) => {
  const known = new Map<string, number>();
  const kilobytes: Record<string, number> = {};
  for (const { name, path } of PAGES) {
    kilobytes[name] = Math.round((await firstLoadBytes(request, path, known)) / 1000);
  }
  expect(Object.values(kilobytes).every((size) => size > 50)).toBe(true);
  expect(Object.entries(kilobytes).filter(([, size]) => size > LIMIT_KB)).toEqual([]);
});
