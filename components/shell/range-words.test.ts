import { expect, test } from "vitest";
import { rangeInWords, zoneName } from "./range-words.ts";

test.each([
  [900, "Last 15 min"],
  [5_400, "Last 90 min"],
  [86_400, "Last 24 h"],
  [172_800, "Last 48 h"],
  [604_800, "Last 7 d"],
  [61, "Last 61 s"],
])("%i seconds read %j", (lastSeconds, words) => expect(rangeInWords({ lastSeconds }, "UTC")).toBe(words));

test("a fixed range is told in the viewer's zone, the day only once where it repeats", () => {
  const range = { from: "2026-11-20T13:00:00Z", to: "2026-11-20T15:30:00Z" };
  expect(rangeInWords(range, "Europe/Vienna")).toBe("20 Nov, 14:00 – 16:30");
  const night = { from: "2026-11-20T13:00:00Z", to: "2026-11-20T23:30:00Z" };
  expect(rangeInWords(night, "UTC")).toBe("20 Nov, 13:00 – 23:30");
  expect(rangeInWords(night, "Europe/Vienna")).toBe("20 Nov, 14:00 – 21 Nov, 00:30");
});

test("a zone is named as it is at that moment", () => {
  expect(zoneName("Europe/Vienna", Date.parse("2026-11-20T00:00:00Z"))).toBe("CET");
  expect(zoneName("Europe/Vienna", Date.parse("2026-07-20T00:00:00Z"))).toBe("CEST");
  expect(zoneName("UTC", 0)).toBe("UTC");
});
