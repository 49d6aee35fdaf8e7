import { describe, expect, it } from "vitest";
import { type CorrectionFact, checkEntry, type EntryToCheck } from "./check-entry.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function exclusion(startMs: number, endMs = startMs + HOUR): EntryToCheck {
  return { kind: "exclusion", window: { kind: "one_off", startMs, endMs, reason: "new switch" } };
}
const AHEAD = exclusion(NOW + HOUR);
const CORRECTION: CorrectionFact = {
  kind: "correction",
  fromMs: NOW - 2 * HOUR,
  toMs: NOW - HOUR,
  badDelta: -12,
  totalDelta: 0,
};
const NOTE: EntryToCheck = { kind: "note", fromMs: NOW };

describe("what can be added", () => {
  it.each<[string, EntryToCheck]>([
    ["an exclusion", AHEAD],
    ["a correction", CORRECTION],
    ["a note", NOTE],
  ])("takes %s", (_, fact) => expect(checkEntry(fact, NOW)).toEqual([]));

  const corrected = (more: Partial<CorrectionFact>): EntryToCheck => ({ ...CORRECTION, ...more });
  it.each<[string, EntryToCheck, string]>([
    ["an exclusion that ends before it begins", exclusion(NOW, NOW - 1), "window.endMs"],
    ["an exclusion of eight days", exclusion(NOW, NOW + 8 * DAY), "window.endMs"],
    ["an exclusion in two years", exclusion(NOW + 730 * DAY), "window.startMs"],
    ["a correction that reaches past now", corrected({ toMs: NOW + 1 }), "toMs"],
    ["a correction of last year", corrected({ fromMs: NOW - 400 * DAY }), "fromMs"],
    ["a correction of no time", corrected({ toMs: NOW - 2 * HOUR }), "toMs"],
    ["a correction of 40 days", corrected({ fromMs: NOW - 40 * DAY }), "toMs"],
    ["a correction of nothing", corrected({ badDelta: 0 }), "badDelta"],
    ["a correction of more than can be counted", corrected({ totalDelta: 1e300 }), "totalDelta"],
    ["a note beyond every calendar", { kind: "note", fromMs: 8.64e15 + 1 }, "fromMs"],
  ])("refuses %s", (_, fact, path) => {
    expect(checkEntry(fact, NOW).map((issue) => issue.path.join("."))).toContain(path);
  });
});
