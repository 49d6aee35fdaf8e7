import "server-only";
import { DecideProposal, type PolicyProposal } from "#lib/contracts/gate-policies.ts";
import { GatePolicyDocument } from "#lib/contracts/gate-policy.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { requireUnconfined } from "#lib/server/auth/unconfined.ts";
import { type Transaction, transaction } from "#lib/server/db/client.ts";
import type { ProposalRow } from "#lib/server/db/policy-proposal.repo.ts";
import { appendPolicy, lockPolicies } from "#lib/server/db/policy.repo.ts";
import { closeProposal, findProposal } from "#lib/server/db/policy-proposal.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import { gatePolicyInForce } from "#lib/server/gate/policy-in-force.ts";
import type { Caller } from "#lib/server/handle.ts";
import { recordStep } from "./propose.ts";
import { toPolicyInForce, toProposals } from "./show.ts";

type Verdict = DecideProposal["verdict"];
const STATE_OF = { publish: "published", refuse: "refused", withdraw: "withdrawn" } as const;

async function requireOpen(tx: Transaction, id: string): Promise<ProposalRow> {
  const row = await findProposal(tx, id);
  if (!row) throw new AppError("not_found", `there is no proposal with the id ${JSON.stringify(id)}`);
  if (row.state === "open") return row;
  const [current] = await toProposals(tx, [row]);
  throw new AppError("conflict", `it was ${row.state} already`, { current });
}

function requireRight(actor: Actor, { proposedBy }: ProposalRow, verdict: Verdict): void {
  const own = proposedBy === actor.id;
  if (verdict === "withdraw" && !own)
    throw new AppError("forbidden", "whoever proposed it withdraws it; others may refuse it");
  if (verdict !== "withdraw" && own)
    throw new AppError("forbidden", `you proposed it yourself: somebody else has to ${verdict} it`);
}

/** Puts a proposal in force. @throws `conflict` when another version is by now, `invalid` under today's rules */
async function publish(tx: Transaction, { document, baseVersion, proposedBy }: ProposalRow): Promise<number> {
  const { version } = await gatePolicyInForce(tx);
  if (version !== baseVersion)
    throw new AppError("conflict", `version ${version} is in force by now, not ${baseVersion}`, {
      current: await toPolicyInForce(tx),
    });
  const valid = parseInput(GatePolicyDocument, document, "document");
  const saved = { kind: "gate", version: version + 1, document: valid, actorId: proposedBy } as const;
  return (await appendPolicy(tx, saved)).version;
}

/**
 * Publishes a proposal of somebody else, refuses it, or withdraws one's own; of several at once the first one counts.
 * @throws `forbidden`, `not_found`, `conflict` with what stands by now
 */
export async function decideProposal(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<{ proposal: PolicyProposal }> {
  authorize(actor, "gate-policy:write");
  requireUnconfined(actor, "the gate's policy is written");
  const { proposal: id, verdict } = parseInput(DecideProposal, input);
  return transaction(async (tx) => {
    await lockPolicies(tx);
    const row = await requireOpen(tx, id);
    requireRight(actor, row, verdict);
    const version = verdict === "publish" ? await publish(tx, row) : null;
    const state = STATE_OF[verdict];
    const closed = await closeProposal(tx, id, { state, decidedBy: actor.id });
    const [proposal] = await toProposals(tx, [closed]);
    await recordStep(tx, actor, closed, { event: state, version, proposedBy: row.proposedBy });
    await recordAudit(tx, actor, caller, {
      action: `gate-policy.${state}`,
      resource: { type: "policy_proposal", id },
      before: { version: row.baseVersion },
      after: { version },
    });
    return { proposal: proposal! };
  });
}
