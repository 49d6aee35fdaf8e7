import { expect, test } from "vitest";
import { DEFAULT_ESCALATION, type EscalationPolicy, nextStepMs, stepOf } from "./escalation.ts";

const MINUTE_MS = 60_000;
const T0 = Date.parse("2026-11-20T12:00:00Z");
const first = { rotations: ["primary"], channels: [] };
const second = { rotations: ["secondary"], channels: "all" } as const;
const policy: EscalationPolicy = {
  paths: { ...DEFAULT_ESCALATION.paths, P1: { steps: [first, second], everyMinutes: 10, rounds: 2 } },
  reach: [],
};
const P1 = { severity: "P1", sinceMs: T0, escalations: 0, lastEscalatedMs: null } as const;

test.each([
  [1, first],
  [2, second],
  [3, first],
  [4, second],
  [5, null],
  [0, null],
])("step %d of two steps in two rounds", (nth, expected) =>
  expect(stepOf(policy.paths.P1, nth)).toBe(expected),
);

test.each([
  ["the first when the response clock has passed", P1, 5],
  [
    "the next so long after the one before",
    { ...P1, escalations: 1, lastEscalatedMs: T0 + 5 * MINUTE_MS },
    15,
  ],
  [
    "however late that one was: a pause is not made up for",
    { ...P1, escalations: 1, lastEscalatedMs: T0 + 300 * MINUTE_MS },
    310,
  ],
  ["P2 has an hour", { ...P1, severity: "P2" as const }, 60],
  [
    "a graver severity begins its path where the counter is",
    { ...P1, severity: "P2" as const, escalations: 1, lastEscalatedMs: T0 },
    60,
  ],
])("%s", (_, incident, minutes) => expect(nextStepMs(policy, incident)).toBe(T0 + minutes * MINUTE_MS));

test("comes to an end", () => {
  expect(nextStepMs(policy, { ...P1, escalations: 4, lastEscalatedMs: T0 })).toBeNull();
});
