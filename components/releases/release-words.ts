import type { DecisionKind } from "#lib/contracts/decisions.ts";
import type { LaneRequest } from "#lib/contracts/gate.ts";
import type { Release, ReleaseState } from "#lib/contracts/releases.ts";
import { listOf } from "#lib/domain/words/language.ts";
import { formatUntil } from "#lib/format/time.ts";
import type { Lane } from "#lib/domain/gate/policy.ts";

/** What a state is called. */
export const WORD_OF_STATE: Record<ReleaseState, string> = {
  waiting: "waits for a review",
  deferred: "deferred",
  blocked: "blocked",
  approved: "approved",
  deploying: "going out",
  deployed: "deployed",
  failed: "failed",
  rolled_back: "rolled back",
  rejected: "rejected",
  expired: "expired",
  withdrawn: "withdrawn",
};

export const WORD_OF_LANE: Record<Lane, string> = {
  security: "security lane",
  p1_fix: "P1 fix lane",
  rollback: "rollback lane",
};

/** What a record of the log tells. */
export const WORD_OF_KIND: Record<DecisionKind, string> = {
  evaluation: "decided",
  approval: "approved by a person",
  rejection: "rejected",
  override: "override agreed to",
  lease: "lease granted",
  revocation: "lease revoked",
  expiry: "expired",
  withdrawal: "withdrawn",
  deploy_started: "deploy started",
  deploy_refused: "deploy refused",
  deploy_uncleared: "went out without the gate",
  deploy_finished: "deploy finished",
  deploy_failed: "deploy failed",
  rolled_back: "rolled back",
  outcome: "outcome",
  spending: "spending",
  freeze: "freeze",
  policy: "policy",
};

/** A lane with what was said for it: "P1 fix lane · INC-…". */
export function laneInWords(lane: LaneRequest): string {
  if (lane.kind === "security") return `${WORD_OF_LANE.security} · ${lane.advisory}`;
  if (lane.kind === "p1_fix") return `${WORD_OF_LANE.p1_fix} · ${lane.incident}`;
  return WORD_OF_LANE.rollback;
}

/** A commit as people write it. */
export function shortCommit(commit: string): string {
  return commit.slice(0, 8);
}

/** A hash as people compare it: its two ends. */
export function shortHash(hash: string): string {
  return `${hash.slice(0, 6)}…${hash.slice(-4)}`;
}

/** What becomes of an approval that nobody uses: the gate approves anew by itself, a person's yes has to be said again. */
export function leaseInWords({ decision, leaseUntil }: Release, nowMs: number): string {
  const left = formatUntil(leaseUntil, nowMs);
  return decision === "approve" ? `decided anew ${left}` : `goes back to waiting ${left}`;
}

/** Who let out what the gate did not approve: "cleared by Ada", "overridden by Ada and Ben"; null where nobody did. */
export function clearedInWords({ state, decision, approvals }: Release): string | null {
  const goesOut = state === "approved" || state === "deploying";
  const yes = approvals.filter(({ verdict, stale }) => verdict === "approved" && !stale);
  if (!goesOut || decision === "approve" || yes.length === 0) return null;
  const how = yes.some(({ kind }) => kind === "override") ? "overridden" : "cleared";
  return `${how} by ${listOf(yes.map(({ by }) => by.name ?? "somebody unknown"))}`;
}

/** What happens to a release by itself, and when. */
export function nextInWords(release: Release, nowMs: number): string {
  const { state, leaseUntil, askAgainAt, expiresAt, decision } = release;
  if (state === "approved") {
    const then = decision === "approve" ? "is decided anew" : "goes back to waiting";
    return `may start until its lease ends ${formatUntil(leaseUntil, nowMs)}, then ${then}`;
  }
  if (!release.open) return WORD_OF_STATE[state];
  if (state === "deploying") return WORD_OF_STATE.deploying;
  const asked = askAgainAt === null ? [] : [`asked again ${formatUntil(askAgainAt, nowMs)}`];
  const ends = expiresAt === null ? [] : [`expires ${formatUntil(expiresAt, nowMs)}`];
  return [...asked, ...ends].join(", ");
}
