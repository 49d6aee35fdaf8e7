import { describe, expect, it } from "vitest";
import { draftSections, type IncidentFacts } from "./draft.ts";
import { mergeSections } from "./merge-sections.ts";
import { mapSections, SECTION_KEYS } from "./sections.ts";

const FACTS: IncidentFacts = {
  id: "INC-1",
  title: "Checkout <b>fails</b>",
  severity: "P1",
  service: "checkout",
  node: null,
  startedAtMs: Date.parse("2026-10-25T00:50:00Z"),
  detectedAtMs: Date.parse("2026-10-25T01:10:05Z"),
  resolvedAtMs: Date.parse("2026-10-25T02:20:00Z"),
  durations: { detectSeconds: 1205, acknowledgeSeconds: null, mitigateSeconds: 3600, resolveSeconds: 5400 },
  spent: [
    { key: "checkout/availability", target: 0.9995, spentRatio: 0.2778 },
    { key: "checkout/latency", target: 0.95, spentRatio: null },
  ],
  timeline: [
    { atMs: Date.parse("2026-10-25T01:10:05Z"), text: "Opened by an alert: [x](javascript:y)\nnext" },
  ],
};

describe("the draft", () => {
  const draft = draftSections(FACTS);

  it("says what the facts say", () => {
    expect(draft.summary).toBe(
      "P1: Checkout \\<b\\>fails\\</b\\>. It was about checkout. The impact began at 2026-10-25 00:50:00 UTC. " +
        "It was detected at 2026-10-25 01:10:05 UTC and resolved at 2026-10-25 02:20:00 UTC.",
    );
    expect(draft.impact.split("\n")).toEqual([
      "- Detected after (TTD): 20 min",
      "- Acknowledged after (TTA): not known",
      "- Mitigated after (TTM): 60 min",
      "- Resolved after (TTR): 90 min",
    ]);
    expect(draft.budgetSpent.split("\n")).toEqual([
      "- checkout/availability (99.95 %): 27.8 % of the budget",
      "- checkout/latency (95 %): — (nothing was measured) of the budget",
    ]);
    expect(draft.timeline).toBe("- 2026-10-25 01:10:05 UTC — Opened by an alert: \\[x\\](javascript:y) next");
  });

  it("leaves to people what only they can say", () => {
    const empty = SECTION_KEYS.filter((key) => draft[key] === "");
    expect(empty).toEqual([
      "rootCause",
      "contributingFactors",
      "wentWell",
      "wentBadly",
      "gotLucky",
      "lessons",
    ]);
  });
});

describe("two edits", () => {
  const base = mapSections((key) => key);
  it.each([
    { name: "only mine", mine: { lessons: "m" }, theirs: {}, lessons: "m", conflicts: [] },
    { name: "only theirs", mine: {}, theirs: { lessons: "t" }, lessons: "t", conflicts: [] },
    { name: "the same", mine: { lessons: "s" }, theirs: { lessons: "s" }, lessons: "s", conflicts: [] },
    { name: "both", mine: { lessons: "m" }, theirs: { lessons: "t" }, lessons: "m", conflicts: ["lessons"] },
    { name: "others", mine: { lessons: "m" }, theirs: { summary: "t" }, lessons: "m", conflicts: [] },
  ])("$name", ({ mine, theirs, lessons, conflicts }) => {
    const merged = mergeSections(base, { ...base, ...mine }, { ...base, ...theirs });
    expect(merged.sections.lessons).toBe(lessons);
    expect(merged.conflicts).toEqual(conflicts);
    if ("summary" in theirs) expect(merged.sections.summary).toBe("t");
  });
});
