import "server-only";
import type { Approver, Clearable } from "#lib/domain/gate/clearance.ts";
import type { Lane } from "#lib/domain/gate/policy.ts";
import { whoIsOnCall } from "#lib/domain/on-call/rotation.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findPersonRoles } from "#lib/server/db/person.repo.ts";
import type { ApprovalRecord, ReleaseRecord } from "#lib/server/db/release.repo.ts";
import { onCallPolicyOf, policyInForce } from "#lib/server/notify/policy.ts";

/** The actor as somebody who may say yes or no. */
export async function approverOf(tx: Transaction, { id, roles }: Actor): Promise<Approver> {
  const { document } = await policyInForce(tx, "on_call");
  const onCall = whoIsOnCall(onCallPolicyOf(document), Date.now()).some(({ personId }) => personId === id);
  return { id, roles, onCall };
}

/** Who agreed to override the decision that stands, oldest first. */
export function overriders(
  { decisionSeq }: ReleaseRecord,
  approvals: readonly ApprovalRecord[],
): ApprovalRecord[] {
  return approvals.filter(
    (one) => one.kind === "override" && one.verdict === "approved" && one.decisionSeq === decisionSeq,
  );
}

/** A release as the rules of clearance see it. `lane` is the one that made the decision that stands a review. */
export async function clearableOf(
  tx: Transaction,
  release: ReleaseRecord,
  { approvals, lane }: { approvals: readonly ApprovalRecord[]; lane: string | null },
): Promise<Clearable> {
  const agreed = overriders(release, approvals).map(({ actorId }) => actorId);
  const roles = await findPersonRoles(tx, agreed);
  return {
    state: release.state,
    requestedBy: release.requestedBy,
    lane: lane as Lane | null,
    overriddenBy: agreed.map((id) => ({ id, roles: roles.get(id) ?? [] })),
  };
}
