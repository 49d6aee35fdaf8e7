import { describe, expect, it } from "vitest";
import { difference } from "#lib/domain/audit/difference.ts";
import { decide } from "./decide.ts";
import type { Decision } from "./decision.ts";
import { DEFAULT_GATE_POLICY, type GatePolicy } from "./policy.ts";
import { type Course, follow, type PastRelease, ratesOf, replay } from "./replay.ts";
import { NOW_MS, soundFacts, soundSlo } from "./testing.ts";

const strict: GatePolicy = {
  ...DEFAULT_GATE_POLICY,
  matrix: { ...DEFAULT_GATE_POLICY.matrix, healthy: { low: "review", medium: "review", high: "block" } },
};
const past = (facts = soundFacts()) => ({
  releaseId: "r",
  atMs: NOW_MS,
  facts,
  verdict: decide(facts, DEFAULT_GATE_POLICY),
});

describe("replaying an evaluation", () => {
  it("names the cell that decided, before and after", () => {
    expect(replay(past(), strict)).toEqual({
      from: "approve",
      to: "review",
      was: { what: "checkout/availability: healthy", risk: "low" },
      would: { what: "checkout/availability: healthy", risk: "low" },
    });
  });

  it("changes nothing under the same policy, through storage too", () => {
    const attention = soundFacts({ slos: [soundSlo({ status: "attention" })], declaredRisk: "high" });
    const stored = JSON.parse(JSON.stringify(past(attention))) as ReturnType<typeof past>;
    const again = replay(stored, DEFAULT_GATE_POLICY);
    expect(again.from).toBe("defer");
    expect(again.to).toBe("defer");
    expect(again.would).toEqual(again.was);
  });

  it("names trouble where no cell decided", () => {
    const trouble = soundFacts({ firingPages: [{ name: "CheckoutErrors", sinceMs: NOW_MS }] });
    expect(replay(past(trouble), DEFAULT_GATE_POLICY).was.what).toBe("CheckoutErrors is paging");
  });
});

describe("the course of a release", () => {
  const release: PastRelease = { startedAtMs: 1_000, ended: "fine" };
  const of = (...said: [Decision, number][]): Course =>
    said.reduce<Course>((course, [decision, atMs]) => follow(course, decision, atMs, release), {
      departedOn: null,
      heldBack: false,
    });

  it.each([
    ["the newest before the start lets it go", of(["approve", 1_000], ["defer", 500]), "approve", true],
    [
      "what was said while it ran counts for nothing",
      of(["block", 1_001], ["approve", 900]),
      "approve",
      false,
    ],
    ["never asked before its start", of(["approve", 2_000]), null, false],
  ] as const)("%s", (_, course, departedOn, heldBack) => {
    expect(course).toEqual({ departedOn, heldBack });
  });
});

describe("rates", () => {
  const one = (departedOn: Decision | null, heldBack: boolean, ended: PastRelease["ended"]) => ({
    course: { departedOn, heldBack },
    release: { startedAtMs: 1, ended },
  });

  it("count what is not known apart, and never as good", () => {
    const courses = [
      one("approve", false, "bad"),
      one("approve", false, "fine"),
      one("approve", false, "fine"),
      one("approve", false, null),
      // Deferred first, approved later, and fine: held back for nothing.
      one("approve", true, "fine"),
      // Overridden, and it burned: rightly held back.
      one("block", true, "bad"),
      one(null, true, null),
    ];
    expect(ratesOf(courses)).toEqual({
      falseApprovals: { wrong: 1, known: 4, unknown: 1 },
      falseBlocks: { wrong: 1, known: 2, unknown: 1 },
    });
    expect(ratesOf([])).toEqual({
      falseApprovals: { wrong: 0, known: 0, unknown: 0 },
      falseBlocks: { wrong: 0, known: 0, unknown: 0 },
    });
  });
});

describe("two policies laid over each other", () => {
  const { risk, floors } = DEFAULT_GATE_POLICY;
  it.each<[string, GatePolicy, [string, string | null, string | null][]]>([
    ["nothing", structuredClone(DEFAULT_GATE_POLICY), []],
    [
      "cells",
      strict,
      [
        ["matrix.healthy.high", "review", "block"],
        ["matrix.healthy.low", "approve", "review"],
        ["matrix.healthy.medium", "approve", "review"],
      ],
    ],
    [
      "a cut",
      { ...DEFAULT_GATE_POLICY, risk: { ...risk, cuts: { mediumFrom: 25, highFrom: 60 } } },
      [["risk.cuts.mediumFrom", "30", "25"]],
    ],
    [
      "the hours",
      {
        ...DEFAULT_GATE_POLICY,
        risk: {
          ...risk,
          weights: {
            ...risk.weights,
            attendedHours: { ...risk.weights.attendedHours, zone: "Europe/Vienna" },
          },
        },
      },
      [["risk.weights.attendedHours.zone", "UTC", "Europe/Vienna"]],
    ],
    [
      "a floor and the lanes",
      { ...DEFAULT_GATE_POLICY, floors: { ...floors, firingPage: "block" }, lanes: ["security"] },
      [
        ["floors.firingPage", "defer", "block"],
        ["lanes", "security, p1_fix, rollback", "security"],
      ],
    ],
    [
      "a tier that goes",
      { ...DEFAULT_GATE_POLICY, tiers: { critical: DEFAULT_GATE_POLICY.tiers.critical! } },
      [
        ["tiers.essential.leaseMinutes", "60", null],
        ["tiers.essential.leastRisk", "low", null],
      ],
    ],
  ])("%s", (_, other, expected) => {
    const { changes } = difference(DEFAULT_GATE_POLICY, other);
    expect(changes.map(({ path, before, after }) => [path, before, after])).toEqual(expected);
  });
});
