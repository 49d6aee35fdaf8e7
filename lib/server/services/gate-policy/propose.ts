import "server-only";
import { randomUUID } from "node:crypto";
import { type PolicyProposal, ProposePolicy } from "#lib/contracts/gate-policies.ts";
import { GatePolicyDocument } from "#lib/contracts/gate-policy.ts";
import { canonicalJson, storable } from "#lib/domain/audit/canonical-json.ts";
import { difference } from "#lib/domain/audit/difference.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { requireUnconfined } from "#lib/server/auth/unconfined.ts";
import { type Transaction, transaction } from "#lib/server/db/client.ts";
import { appendDecision } from "#lib/server/db/decision.repo.ts";
import type { ProposalRow } from "#lib/server/db/policy-proposal.repo.ts";
import { lockPolicies } from "#lib/server/db/policy.repo.ts";
import { addProposal } from "#lib/server/db/policy-proposal.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import { gatePolicyInForce } from "#lib/server/gate/policy-in-force.ts";
import { sha256 } from "#lib/server/gate/record-hash.ts";
import type { Caller } from "#lib/server/handle.ts";
import { toPolicyInForce, toProposals } from "./show.ts";

/** Puts a step of a proposal on record. */
export async function recordStep(
  tx: Transaction,
  actor: Actor,
  row: Pick<ProposalRow, "id" | "baseVersion" | "document">,
  more: { event: "proposed" | "published" | "refused" | "withdrawn" } & Record<string, unknown>,
): Promise<void> {
  const { id: proposal, baseVersion, document } = row;
  const hash = sha256(canonicalJson(storable(document)));
  await appendDecision(tx, {
    kind: "policy",
    service: "",
    releaseId: null,
    actorId: actor.id,
    decision: null,
    at: new Date(),
    body: { proposal, baseVersion, hash, ...more },
  });
}

/** @throws `conflict` with the policy in force when the base is another version, `invalid` when nothing changes */
async function requireNews(tx: Transaction, document: object, baseVersion: number): Promise<object[]> {
  const current = await gatePolicyInForce(tx);
  if (current.version !== baseVersion)
    throw new AppError("conflict", `version ${current.version} is in force by now`, {
      current: await toPolicyInForce(tx),
    });
  const { changes } = difference(current.policy, document);
  if (changes.length === 0)
    throw new AppError("invalid", "document: is what is in force already", {
      fields: [{ path: "document", message: "is what is in force already" }],
    });
  return changes;
}

/**
 * Proposes a policy; somebody else has to publish it.
 * @throws `invalid` naming the path in the document, `conflict` for a stale base
 */
export async function proposePolicy(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<{ proposal: PolicyProposal }> {
  authorize(actor, "gate-policy:write");
  requireUnconfined(actor, "the gate's policy is written");
  const { document: given, baseVersion, reason } = parseInput(ProposePolicy, input);
  const document = parseInput(GatePolicyDocument, given, "document");
  return transaction(async (tx) => {
    await lockPolicies(tx);
    const changes = await requireNews(tx, document, baseVersion);
    const wanted = { id: randomUUID(), document, baseVersion, reason, proposedBy: actor.id };
    const row = await addProposal(tx, wanted);
    const [proposal] = await toProposals(tx, [row]);
    await recordStep(tx, actor, row, { event: "proposed", reason, changes });
    await recordAudit(tx, actor, caller, {
      action: "gate-policy.proposed",
      resource: { type: "policy_proposal", id: row.id },
      after: { baseVersion, reason },
    });
    return { proposal: proposal! };
  });
}
