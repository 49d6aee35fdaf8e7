import { compareDecisions, type Decision } from "./decision.ts";

/** Deferred releases are asked about again so often (DOMAIN 5); what is approved or going out more often. */
const ASK_AGAIN_MS = 5 * 60_000;
const WATCH_MS = 60_000;

/** Where a release stands as far as decisions move it. */
export interface Standing {
  state: "waiting" | "deferred" | "blocked" | "approved" | "deploying";
  /** What the approval stands on: "review" where a person cleared one, "block" where two overrode one. */
  leaseBasis: Decision | null;
  leaseUntilMs: number | null;
  haltReason: string | null;
}

/** What a decision makes of a release. */
export interface Settled extends Standing {
  askAgainAtMs: number;
  event: "lease" | "revocation" | "lapse" | null;
}

const STATE_OF = {
  approve: "approved",
  review: "waiting",
  defer: "deferred",
  block: "blocked",
} as const satisfies Record<Decision, Standing["state"]>;

const NO_LEASE = { leaseBasis: null, leaseUntilMs: null, haltReason: null } as const;

/** Whether a decision takes back an approval that stands on another. */
export function revokes(decision: Decision, basis: Decision): boolean {
  return compareDecisions(decision, basis) < 0;
}

function begin(decision: Decision, nowMs: number, leaseMs: number): Settled {
  if (decision !== "approve") {
    return { ...NO_LEASE, state: STATE_OF[decision], askAgainAtMs: nowMs + ASK_AGAIN_MS, event: null };
  }
  return grant(decision, nowMs, leaseMs);
}

/** An approval that stands on `basis`: a lease from now on. */
export function grant(basis: Decision, nowMs: number, leaseMs: number): Settled {
  const lease = { leaseBasis: basis, leaseUntilMs: nowMs + leaseMs, haltReason: null };
  return { ...lease, state: "approved", askAgainAtMs: nowMs + WATCH_MS, event: "lease" };
}

/**
 * What a new decision makes of a release: an approval lives until its lease ends or a decision is stricter than the one
 * it stands on; a deploy that runs is told to halt then, and only people end it.
 */
export function settle(
  standing: Standing,
  decision: Decision,
  { nowMs, leaseMs, because }: { nowMs: number; leaseMs: number; because: string },
): Settled {
  const { state, leaseBasis, leaseUntilMs } = standing;
  const watched = { askAgainAtMs: nowMs + WATCH_MS };
  if (state === "deploying") {
    const halts = leaseBasis !== null && standing.haltReason === null && revokes(decision, leaseBasis);
    if (!halts) return { ...standing, ...watched, event: null };
    return { ...standing, ...watched, haltReason: because, event: "revocation" };
  }
  if (state !== "approved" || leaseBasis === null || leaseUntilMs === null) {
    return begin(decision, nowMs, leaseMs);
  }
  if (revokes(decision, leaseBasis)) return { ...begin(decision, nowMs, leaseMs), event: "revocation" };
  if (nowMs < leaseUntilMs) return { ...standing, ...watched, event: null };
  // Nobody used it: what the gate decides now holds, and a person's yes has to be said again.
  const anew = begin(decision, nowMs, leaseMs);
  return anew.event === "lease" ? anew : { ...anew, event: "lapse" };
}
