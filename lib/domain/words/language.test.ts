import { expect, test } from "vitest";
import { clockUtc, countOf, listOf, requestsInWords, sinceWords } from "./language.ts";

test.each([
  [countOf(1, "node"), "1 node"],
  [countOf(0, "node"), "0 nodes"],
  [countOf(1204, "request"), "1,204 requests"],
  [countOf(2, "is", "are"), "2 are"],
  [listOf([]), ""],
  [listOf(["a"]), "a"],
  [listOf(["a", "b"]), "a and b"],
  [listOf(["a", "b", "c"]), "a, b and c"],
  [requestsInWords(0.0231), "1 request in 43"],
  [requestsInWords(0.000_1), "1 request in 10k"],
  [requestsInWords(0.25), "1 request in 4"],
  [requestsInWords(0.61), "6 requests in 10"],
  [requestsInWords(0.99), "9 requests in 10"],
  [requestsInWords(1), "every request"],
])("%s", (written, expected) => expect(written).toBe(expected));

const NOW = Date.parse("2026-11-20T15:00:00Z");
test.each([
  ["2026-11-20T14:21:40Z", "since 14:21 UTC"],
  ["2026-11-19T21:01:00Z", "since 21:01 UTC"],
  ["2026-11-19T15:00:00Z", "for over 18 hours"],
  ["2026-11-17T14:00:00Z", "for 3 days"],
])("began %s", (at, expected) => {
  expect(sinceWords(Date.parse(at), NOW)).toBe(expected);
});
test("clockUtc", () => expect(clockUtc(NOW)).toBe("15:00 UTC"));
