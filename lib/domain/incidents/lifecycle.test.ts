import { describe, expect, it } from "vitest";
import {
  type Course,
  isOpen,
  type Phase,
  possibleTransitions,
  take,
  TRANSITIONS,
  whyNot,
} from "./lifecycle.ts";

const NEW: Course = {
  phase: "DETECT",
  detectedAtMs: 1_000,
  acknowledgedAtMs: null,
  mitigatedAtMs: null,
  resolvedAtMs: null,
  closedAtMs: null,
};

describe("the way of an incident", () => {
  it("goes from detection to lesson with the time of each step", () => {
    const acknowledged = take(NEW, "acknowledge", 2_000);
    const mitigating = take(acknowledged, "begin_mitigation", 3_000);
    const mitigated = take(mitigating, "mitigate", 4_000);
    const resolved = take(mitigated, "resolve", 5_000);
    expect([acknowledged, mitigating, mitigated, resolved].map(({ phase }) => phase)).toEqual([
      "TRIAGE",
      "MITIGATE",
      "RESOLVE",
      "LEARN",
    ]);
    expect(take(resolved, "close", 6_000)).toEqual({
      phase: "LEARN",
      detectedAtMs: 1_000,
      acknowledgedAtMs: 2_000,
      mitigatedAtMs: 4_000,
      resolvedAtMs: 5_000,
      closedAtMs: 6_000,
    });
  });

  it.each<[Phase, string[]]>([
    ["DETECT", ["acknowledge", "resolve"]],
    ["TRIAGE", ["begin_mitigation", "mitigate", "resolve"]],
    ["MITIGATE", ["mitigate", "resolve"]],
    ["RESOLVE", ["resolve"]],
    ["LEARN", ["reopen", "close"]],
  ])("may go from %s by %j and refuses the rest with a reason", (phase, possible) => {
    const course = { ...NEW, phase };
    expect(possibleTransitions(course)).toEqual(possible);
    for (const transition of TRANSITIONS.filter((one) => !possible.includes(one))) {
      expect(whyNot(course, transition)).toContain(`the incident is in ${phase}`);
      expect(() => take(course, transition, 9)).toThrow(RangeError);
    }
  });

  it("is opened again where it was acknowledged, and forgets that it was mitigated", () => {
    const over: Course = {
      ...NEW,
      phase: "LEARN",
      acknowledgedAtMs: 2,
      mitigatedAtMs: 3,
      resolvedAtMs: 4,
      closedAtMs: 5,
    };
    expect(take(over, "reopen", 9)).toEqual({ ...NEW, phase: "TRIAGE", acknowledgedAtMs: 2 });
    expect(take({ ...over, acknowledgedAtMs: null }, "reopen", 9).phase).toBe("DETECT");
    expect([isOpen(over), isOpen(take(over, "reopen", 9))]).toEqual([false, true]);
  });

  it("is closed once", () => {
    const closed: Course = { ...NEW, phase: "LEARN", closedAtMs: 5 };
    expect(whyNot(closed, "close")).toBe("the incident is closed already");
    expect(possibleTransitions(closed)).toEqual(["reopen"]);
  });
});
