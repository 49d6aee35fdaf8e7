import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  after,
  afterCallFailure,
  expiresAtMs,
  isOver,
  RUN_STATES,
  RUN_STEPS,
  type RunState,
  type RunStep,
  waysOf,
} from "./action-run.ts";

const steps = fc.array(fc.constantFrom(...RUN_STEPS), { maxLength: 12 });

/** The states that a run goes through; steps out of turn are left out. */
function course(taken: readonly RunStep[]): RunState[] {
  return taken.reduce<RunState[]>(
    (states, step) => {
      const next = after(states.at(-1)!, step);
      return next === null ? states : [...states, next];
    },
    ["asked"],
  );
}

describe("the course of a run", () => {
  it.each<[RunStep[], RunState]>([
    [["approve", "call", "succeed"], "succeeded"],
    [["wait", "approve", "call", "fail"], "failed"],
    [["wait", "approve", "call", "lose"], "unknown"],
    [["wait", "refuse"], "refused"],
    [["wait", "expire"], "expired"],
    [["refuse"], "refused"],
    [["approve", "refuse"], "refused"],
    [["approve", "expire"], "expired"],
  ])("%j ends as %s", (taken, end) => {
    expect(course(taken)).toHaveLength(taken.length + 1);
    expect(course(taken).at(-1)).toBe(end);
    expect(isOver(end)).toBe(true);
  });

  it("calls once at most, and only what was let go, whatever happens in whatever order", () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const states = course(taken);
        const calls = states.flatMap((state, at) => (state === "calling" ? [at] : []));
        expect(calls.length).toBeLessThanOrEqual(1);
        for (const at of calls) expect(states[at - 1]).toBe("approved");
      }),
    );
  });

  it("never leaves its end, and never comes back to where it was", () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const states = course(taken);
        expect(new Set(states).size).toBe(states.length);
        const over = states.findIndex(isOver);
        if (over !== -1) expect(over).toBe(states.length - 1);
      }),
    );
  });

  it("has one end for each step, and a way to each state", () => {
    for (const step of RUN_STEPS) {
      const { from, to } = waysOf(step);
      expect(from.map((state) => after(state, step))).toEqual(from.map(() => to));
    }
    expect(new Set(RUN_STEPS.map((step) => waysOf(step).to))).toEqual(
      new Set(RUN_STATES.filter((state) => state !== "asked")),
    );
  });
});

describe("expiresAtMs", () => {
  it.each<[RunState, number | null, number | null]>([
    ["awaiting_approval", null, 1_000 + 30 * 60_000],
    ["approved", 5_000, 5_000 + 2 * 60_000],
    ["calling", 5_000, null],
    ["succeeded", 5_000, null],
    ["refused", null, null],
  ])("of one that is %s, let go at %s: %s", (state, approvedAtMs, expected) => {
    expect(expiresAtMs({ state, askedAtMs: 1_000, approvedAtMs })).toBe(expected);
  });
});

describe("afterCallFailure", () => {
  it.each<[string, string | null, string]>([
    ["invalid", null, "failed"],
    ["upstream_error", null, "failed"],
    ["upstream_unavailable", "ECONNREFUSED", "failed"],
    ["upstream_unavailable", "ENOTFOUND", "failed"],
    ["upstream_timeout", "UND_ERR_CONNECT_TIMEOUT", "failed"],
    ["upstream_timeout", "unnamed", "unknown"],
    ["upstream_unavailable", "ECONNRESET", "unknown"],
    ["upstream_unavailable", "UND_ERR_SOCKET", "unknown"],
    ["upstream_error", "UND_ERR_RES_EXCEEDED_MAX_SIZE", "unknown"],
    ["internal", null, "unknown"],
  ])("%s behind which stands %s: %s", (problem, cause, expected) => {
    expect(afterCallFailure(problem, cause)).toBe(expected);
  });
});
