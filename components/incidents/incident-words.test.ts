import { describe, expect, it } from "vitest";
import { PHASES, possibleTransitions } from "#lib/domain/incidents/lifecycle.ts";
import { incidentsInWords, nextTransition, personWords, readClock, writeSpan } from "./incident-words.ts";

const NOW_MS = Date.UTC(2026, 10, 20, 14, 0, 0);
const inSeconds = (seconds: number) => new Date(NOW_MS + seconds * 1000).toISOString();

it.each([
  [0, "0:00"],
  [65.9, "1:05"],
  [3599, "59:59"],
  [3600, "1 h 00 min"],
  [86_399, "23 h 59 min"],
  [100_000, "1 d 3 h"],
  [-5, "0:00"],
])("%d s on a running clock is %s", (seconds, words) => expect(writeSpan(seconds)).toBe(words));

describe("the response clock", () => {
  it.each([
    [inSeconds(300), { overdue: false, words: "5:00 left" }],
    [inSeconds(0), { overdue: false, words: "0:00 left" }],
    [inSeconds(-1), { overdue: true, words: "overdue by 0:01" }],
    [inSeconds(-7200), { overdue: true, words: "overdue by 2 h 00 min" }],
    [null, null],
  ])("%s", (respondBy, reading) => expect(readClock(respondBy, NOW_MS)).toEqual(reading));
});

describe("the next step", () => {
  it("is the usual one of each phase, and always one that may be taken", () => {
    const next = PHASES.map((phase) => {
      const none = { acknowledgedAtMs: null, mitigatedAtMs: null, resolvedAtMs: null, closedAtMs: null };
      const possible = possibleTransitions({ phase, detectedAtMs: 0, ...none });
      const step = nextTransition(possible, phase);
      expect(possible).toContain(step);
      return step;
    });
    expect(next).toEqual(["acknowledge", "begin_mitigation", "mitigate", "resolve", "close"]);
  });

  it("is to reopen what is closed, and nothing for what is part of another", () => {
    expect(nextTransition(["reopen"], "LEARN")).toBe("reopen");
    expect(nextTransition([], "TRIAGE")).toBeNull();
  });
});

it("counts open and past ones apart", () => {
  const some = (...open: boolean[]) => incidentsInWords(open.map((one) => ({ open: one })));
  expect([some(), some(true), some(true, true, false), some(false)]).toEqual([
    "No incident",
    "1 open incident",
    "2 open incidents, 1 past",
    "No open incident, 1 past",
  ]);
});

it("names people by what is known of them", () => {
  expect(personWords({ id: "p", name: "Ada\u202e" })).toBe("Ada⟨U+202E⟩");
  expect(personWords({ id: "system", name: null })).toBe("Burnline");
  expect(personWords({ id: "p", name: null })).toBe("somebody no longer known");
});
