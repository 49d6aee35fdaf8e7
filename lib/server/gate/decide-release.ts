import "server-only";
import type { DecisionKind } from "#lib/contracts/decisions.ts";
import type { Change, EvaluateGate } from "#lib/contracts/gate.ts";
import type { ReleaseState } from "#lib/contracts/releases.ts";
import { type Settled, settle, type Standing } from "#lib/domain/gate/course.ts";
import { decide, type Verdict } from "#lib/domain/gate/decide.ts";
import { tierRules } from "#lib/domain/gate/ruling.ts";
import { type Transaction, transaction } from "#lib/server/db/client.ts";
import { appendDecision, appendDecisions, type NewDecision } from "#lib/server/db/decision.repo.ts";
import { changeRelease, OPEN_STATES, type ReleaseRecord } from "#lib/server/db/release.repo.ts";
import { inBatches } from "#lib/server/in-batches.ts";
import type { Gathered } from "./gather-facts.ts";
import type { VersionedPolicy } from "./policy-in-force.ts";
import type { StoredDecision } from "./record-hash.ts";

const MINUTE_MS = 60_000;

/** What a release was asked for with, as its row keeps it. */
export interface StoredRequest {
  change: Change;
  declaredRisk: NonNullable<EvaluateGate["declaredRisk"]> | null;
  lane: NonNullable<EvaluateGate["lane"]> | null;
  /** When a person said no to an earlier release of the same commit. */
  rejectedAtMs?: number | null;
}

/** A decision that was made and not written down yet. */
export interface Made {
  verdict: Verdict;
  gathered: Gathered;
  policy: VersionedPolicy;
  request: object;
}

/** Decides on what was gathered. */
export function make(gathered: Gathered, policy: VersionedPolicy, request: object): Made {
  return { gathered, policy, request, verdict: decide(gathered.facts, policy.policy) };
}

/** Where a decision found a release, null when it is the first about it, and where it leaves it. */
interface Moved {
  from: ReleaseState | null;
  to: ReleaseState;
}

/** A decision as it is written down: request, facts, policy, verdict, and what the figures were made of. */
function evaluation(
  { verdict, gathered, policy, request }: Made,
  whose: { releaseId: string | null; actorId: string },
  moved?: Moved,
): NewDecision {
  const { facts, proof } = gathered;
  const { version, hash } = policy;
  return {
    ...whose,
    kind: "evaluation",
    service: facts.service,
    decision: verdict.decision,
    at: new Date(facts.nowMs),
    body: { request, facts, policy: { version, hash }, verdict, proof, moved },
  };
}

/** The chain is extended by one writer at a time: decisions that were made at once are written at once. */
const append = inBatches("gate.decisions", (facts: readonly NewDecision[]) =>
  transaction((tx) => appendDecisions(tx, facts)),
);

/** Writes down a decision that moves no release. @throws `unavailable` */
export function recordDecision(made: Made, actorId: string): Promise<StoredDecision> {
  return append(evaluation(made, { releaseId: null, actorId }));
}

/** Where an open release stands. */
export function standingOf(release: ReleaseRecord): Standing {
  return {
    state: release.state as Standing["state"],
    leaseBasis: release.leaseBasis as Standing["leaseBasis"],
    leaseUntilMs: release.leaseUntil?.getTime() ?? null,
    haltReason: release.haltReason,
  };
}

/** How long an approval of a service of a tier lasts. */
export function leaseMs({ policy }: VersionedPolicy, tier: string | null): number {
  return tierRules(policy, tier).leaseMinutes * MINUTE_MS;
}

const RECORD_OF: Readonly<Record<NonNullable<Settled["event"]>, DecisionKind>> = {
  lease: "lease",
  revocation: "revocation",
  lapse: "expiry",
};

/** Brings a release to where a decision leaves it, and writes down what that was. */
export async function moveRelease(
  tx: Transaction,
  release: ReleaseRecord,
  settled: Settled,
  {
    actorId,
    because,
    at,
    policyVersion,
  }: { actorId: string; because: string; at: Date; policyVersion: number },
): Promise<ReleaseRecord> {
  const { state, leaseBasis, leaseUntilMs, haltReason, askAgainAtMs, event } = settled;
  const leaseUntil = leaseUntilMs === null ? null : new Date(leaseUntilMs);
  const moved = { state, leaseBasis, leaseUntil, haltReason, askAgainAt: new Date(askAgainAtMs) };
  const changed = await changeRelease(tx, release.id, { ...moved, policyVersion });
  if (event === null) return changed;
  await appendDecision(tx, {
    kind: RECORD_OF[event],
    service: release.service,
    releaseId: release.id,
    actorId,
    decision: leaseBasis,
    at,
    body: { state, leaseBasis, leaseUntil, commit: release.commit, policyVersion, because, haltReason },
  });
  return changed;
}

/** The first reason of a verdict, as one line. */
export function becauseOf({ decision, rationale }: Verdict): string {
  return `${decision}: ${rationale[0] ?? "no reason given"}`;
}

/**
 * Writes a decision about a release down and lets it take effect. One made on older facts than the newest is kept on
 * record and changes nothing. `release` is locked by the caller.
 */
export async function settleRelease(
  tx: Transaction,
  release: ReleaseRecord,
  made: Made,
  actorId: string,
): Promise<{ record: StoredDecision; release: ReleaseRecord }> {
  const whose = { releaseId: release.id, actorId };
  const { facts } = made.gathered;
  const at = new Date(facts.nowMs);
  const overtaken = release.decidedAt !== null && release.decidedAt > at;
  if (overtaken || !OPEN_STATES.includes(release.state))
    return { record: await appendDecision(tx, evaluation(made, whose)), release };
  const because = becauseOf(made.verdict);
  const settled = settle(standingOf(release), made.verdict.decision, {
    nowMs: facts.nowMs,
    leaseMs: leaseMs(made.policy, facts.tier),
    because,
  });
  const from = release.decidedAt === null ? null : release.state;
  const record = await appendDecision(tx, evaluation(made, whose, { from, to: settled.state }));
  const decided = await changeRelease(tx, release.id, {
    decision: made.verdict.decision,
    decidedAt: at,
    decisionSeq: record.seq,
    expiresAt: release.expiresAt ?? new Date(facts.nowMs + made.policy.policy.deferHours * 60 * MINUTE_MS),
  });
  const how = { actorId, because, at, policyVersion: made.policy.version };
  return { record, release: await moveRelease(tx, decided, settled, how) };
}
