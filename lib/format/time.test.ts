import { expect, test } from "vitest";
import { formatAgo, formatTime, formatUntil, formatUtc } from "./time.ts";

const AT = "2026-11-20T14:21:05Z";
const AT_MS = Date.parse(AT);

test.each([
  [formatTime(AT, "clock", "UTC"), "14:21"],
  [formatTime(AT, "clock", "Europe/Vienna"), "15:21"],
  [formatTime(AT, "clockSeconds", "UTC"), "14:21:05"],
  [formatTime("2026-11-20T23:30:00Z", "day", "Europe/Vienna"), "21 Nov"],
  [formatTime("2026-11-20T23:30:00Z", "dayClock", "Europe/Vienna"), "21 Nov, 00:30"],
  [formatTime(AT_MS, "full", "Asia/Kolkata"), "20 Nov 2026, 19:51:05"],
  [formatTime(new Date(AT_MS), "clock", "UTC"), "14:21"],
  [formatTime(null, "clock", "UTC"), "—"],
  [formatTime("not a time", "clock", "UTC"), "—"],
  [formatUtc(AT), "20 Nov 2026, 14:21:05 UTC"],
  [formatUtc(null), "—"],
  [formatAgo(AT, AT_MS + 12_400), "12 s ago"],
  [formatAgo(AT, AT_MS + 900), "just now"],
  [formatAgo(AT, AT_MS - 60_000), "just now"],
  [formatAgo(AT, AT_MS + 3 * 86_400_000), "3 d ago"],
  [formatAgo(null, AT_MS), "—"],
  [formatUntil(AT, AT_MS - 19 * 3_600_000), "in 19 h"],
  [formatUntil(AT, AT_MS), "now"],
  [formatUntil(null, AT_MS), "—"],
])("%s", (written, expected) => expect(written).toBe(expected));

test.each(Array.from({ length: 12 }, (_, month) => Date.UTC(2026, month, 1 + month, 23, 59, 7, 999)))(
  "UTC is written as Intl writes it: %i",
  (atMs) => expect(formatUtc(atMs)).toBe(`${formatTime(atMs, "full", "UTC")} UTC`),
);

test("a zone that does not exist is an error, not UTC", () => {
  expect(() => formatTime(AT, "clock", "Mars/Olympus")).toThrow(RangeError);
});
