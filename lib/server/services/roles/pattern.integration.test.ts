import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { patternProblem } from "#lib/domain/access/matcher-pattern.ts";
import { type RealServer, startPrometheus } from "#lib/server/testing/real-servers.ts";

/** What patterns are made of, and what tries to break them. */
const PIECES = [
  "a",
  "1",
  "é",
  " ",
  ".",
  "*",
  "+",
  "?",
  "|",
  "(",
  ")",
  "(?:",
  "(?i)",
  "(?",
  "[",
  "]",
  "[^",
  "-",
];
const MORE = [
  "^",
  "$",
  "{",
  "}",
  "{2}",
  "{1,3}",
  "{,2}",
  "{500}",
  "{2,}",
  ",",
  "\\",
  "\\d",
  "\\.",
  "\\-",
  "\\]",
];
const CLASSES = [
  "\\b",
  "\\\\",
  "[a-z]",
  "[\\d-z]",
  "[a-]",
  "=",
  "!",
  "<",
  ">",
  '"',
  "`",
  "#",
  '\\"',
  "\\ ",
  "[:",
];

let prometheus: RealServer;
beforeAll(async () => {
  prometheus = await startPrometheus({ target: "127.0.0.1:1" });
});
afterAll(() => prometheus.remove());

async function isTaken(pattern: string): Promise<boolean> {
  const query = encodeURIComponent(`x{l=~${JSON.stringify(pattern)}}`);
  return (await fetch(`${prometheus.url}/api/v1/query?query=${query}`)).ok;
}

it("takes no pattern that a real Prometheus refuses", async () => {
  expect(await isTaken("(?=a)")).toBe(false);
  const pieces = fc.constantFrom(...PIECES, ...MORE, ...CLASSES);
  const patterns = fc.array(pieces, { minLength: 1, maxLength: 10 }).map((parts) => parts.join(""));
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(patterns, async (pattern) => {
      if (patternProblem(pattern) !== null) return;
      taken++;
      expect([pattern, await isTaken(pattern)]).toEqual([pattern, true]);
    }),
    { numRuns: 2000 },
  );
  expect(taken).toBeGreaterThan(200);
});
