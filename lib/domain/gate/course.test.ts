import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { grant, revokes, type Settled, settle, type Standing } from "./course.ts";
import { type Decision, DECISIONS } from "./decision.ts";

const MINUTE_MS = 60_000;
const NOW_MS = 10 * MINUTE_MS;
const LEASE_MS = 30 * MINUTE_MS;
const how = (nowMs = NOW_MS) => ({ nowMs, leaseMs: LEASE_MS, because: "block: it burns" });

const open = (state: Standing["state"]): Standing => ({
  state,
  leaseBasis: null,
  leaseUntilMs: null,
  haltReason: null,
});
const leased = (basis: Decision, untilMs: number, more: Partial<Standing> = {}): Standing => ({
  ...{ state: "approved", leaseBasis: basis, leaseUntilMs: untilMs, haltReason: null },
  ...more,
});

describe("a decision about a release that nobody approved", () => {
  it.each<[Decision, Standing["state"], Settled["event"], number]>([
    ["approve", "approved", "lease", 1],
    ["review", "waiting", null, 5],
    ["defer", "deferred", null, 5],
    ["block", "blocked", null, 5],
  ])("%s leaves it %s", (decision, state, event, minutes) => {
    for (const before of ["waiting", "deferred", "blocked"] as const) {
      const settled = settle(open(before), decision, how());
      const approved = decision === "approve";
      expect(settled).toEqual({
        state,
        leaseBasis: approved ? "approve" : null,
        leaseUntilMs: approved ? NOW_MS + LEASE_MS : null,
        haltReason: null,
        askAgainAtMs: NOW_MS + minutes * MINUTE_MS,
        event,
      });
    }
  });
});

describe("a decision about an approval", () => {
  // Basis, new decision, minutes until the lease ends: state and event.
  it.each<[Decision, Decision, number, Standing["state"], Settled["event"]]>([
    ["approve", "approve", 5, "approved", null],
    ["approve", "review", 5, "waiting", "revocation"],
    ["approve", "defer", 5, "deferred", "revocation"],
    ["approve", "block", 5, "blocked", "revocation"],
    ["review", "approve", 5, "approved", null],
    ["review", "review", 5, "approved", null],
    ["review", "defer", 5, "deferred", "revocation"],
    ["review", "block", 5, "blocked", "revocation"],
    ["defer", "review", 5, "approved", null],
    ["defer", "defer", 5, "approved", null],
    ["defer", "block", 5, "blocked", "revocation"],
    ["block", "block", 5, "approved", null],
    ["block", "approve", 5, "approved", null],
    // Its lease is over, to the millisecond.
    ["approve", "approve", 0, "approved", "lease"],
    ["review", "review", 0, "waiting", "lapse"],
    ["block", "block", 0, "blocked", "lapse"],
    ["block", "approve", 0, "approved", "lease"],
    ["approve", "block", 0, "blocked", "revocation"],
  ])("that stands on %s: %s with %i min left leaves it %s (%s)", (basis, decision, left, state, event) => {
    const standing = leased(basis, NOW_MS + left * MINUTE_MS);
    const settled = settle(standing, decision, how());
    expect(settled).toMatchObject({ state, event });
    if (event === null) expect(settled).toMatchObject(standing);
    if (event === "lease") expect(settled).toMatchObject({ leaseBasis: "approve" });
    if (state !== "approved") expect(settled).toMatchObject({ leaseBasis: null, leaseUntilMs: null });
  });
});

describe("a decision about a deploy that runs", () => {
  const running = (basis: Decision, haltReason: string | null = null) =>
    leased(basis, NOW_MS - MINUTE_MS, { state: "deploying", haltReason });

  it("halts it, once, and leaves it running for people to end", () => {
    const halted = settle(running("approve"), "defer", how());
    expect(halted).toMatchObject({
      state: "deploying",
      haltReason: "block: it burns",
      event: "revocation",
      leaseBasis: "approve",
    });
    const again = settle(halted, "block", { ...how(), because: "worse still" });
    expect(again).toMatchObject({ haltReason: "block: it burns", event: null });
    expect(settle(again, "approve", how())).toMatchObject({ haltReason: "block: it burns", event: null });
  });

  it.each<[Decision, Decision]>([
    ["approve", "approve"],
    ["review", "review"],
    ["block", "block"],
  ])("that stands on %s is not halted by %s, nor by the end of its lease", (basis, decision) => {
    expect(settle(running(basis), decision, how())).toMatchObject({ haltReason: null, event: null });
  });
});

it("a grant is a lease from now on", () => {
  expect(grant("review", NOW_MS, LEASE_MS)).toEqual({
    ...{ state: "approved", leaseBasis: "review", leaseUntilMs: NOW_MS + LEASE_MS, haltReason: null },
    ...{ askAgainAtMs: NOW_MS + MINUTE_MS, event: "lease" },
  });
});

/** What a person may do between two decisions. */
function act(standing: Standing, person: string, decided: Decision, nowMs: number): Standing {
  const undecided = ["waiting", "deferred", "blocked"].includes(standing.state);
  if (person === "approves" && undecided) return grant(decided, nowMs, LEASE_MS);
  if (person === "starts" && standing.state === "approved") return { ...standing, state: "deploying" };
  return standing;
}

function expectSoundApproval(before: Standing, settled: Settled, decision: Decision, nowMs: number): void {
  if (settled.state !== "approved") return;
  expect(revokes(decision, settled.leaseBasis!)).toBe(false);
  expect(settled.leaseUntilMs).toBeGreaterThan(nowMs);
  if (settled.event === "lease") expect(decision).toBe("approve");
  if (before.state === "approved" && before.leaseUntilMs! > nowMs)
    expect(settled).toMatchObject({ leaseUntilMs: before.leaseUntilMs, event: null });
}

function expectSoundDeploy(before: Standing, settled: Settled, decision: Decision): void {
  if (before.state !== "deploying") return;
  expect(settled.state).toBe("deploying");
  expect(settled.event === "revocation").toBe(before.haltReason === null && settled.haltReason !== null);
  if (before.haltReason !== null) expect(settled.haltReason).toBe(before.haltReason);
  if (revokes(decision, settled.leaseBasis!)) expect(settled.haltReason).not.toBeNull();
}

describe("any course of decisions", () => {
  const steps = fc.array(
    fc.record({
      decision: fc.constantFrom(...DECISIONS),
      afterMs: fc.integer({ min: 0, max: 20 * MINUTE_MS }),
      person: fc.constantFrom("waits", "approves", "starts"),
    }),
    { minLength: 1, maxLength: 30 },
  );

  it("leaves no approval beside a stricter decision, extends no lease, halts once, always asks again", () => {
    fc.assert(
      fc.property(steps, (course) => {
        let nowMs = 0;
        let standing: Standing = open("waiting");
        let decided: Decision = "review";
        for (const { decision, afterMs, person } of course) {
          nowMs += afterMs;
          const before = act(standing, person, decided, nowMs);
          const settled = settle(before, decision, how(nowMs));
          expect(settled.askAgainAtMs).toBeGreaterThan(nowMs);
          expectSoundApproval(before, settled, decision, nowMs);
          expectSoundDeploy(before, settled, decision);
          [standing, decided] = [settled, decision];
        }
      }),
      { numRuns: 500 },
    );
  });
});
