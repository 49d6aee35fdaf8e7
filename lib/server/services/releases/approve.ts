import "server-only";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import { ApproveRelease, type ReleaseDetail } from "#lib/contracts/releases.ts";
import { whyNotOverride, whyNotReview } from "#lib/domain/gate/clearance.ts";
import { grant } from "#lib/domain/gate/course.ts";
import type { Decision } from "#lib/domain/gate/decision.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { type Transaction, transaction } from "#lib/server/db/client.ts";
import { appendDecision, findVerdictBriefs } from "#lib/server/db/decision.repo.ts";
import {
  addApproval,
  changeRelease,
  findApprovals,
  type ReleaseRecord,
} from "#lib/server/db/release.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import { leaseMs, moveRelease } from "#lib/server/gate/decide-release.ts";
import { gatePolicyInForce } from "#lib/server/gate/policy-in-force.ts";
import type { Caller } from "#lib/server/handle.ts";
import { readCatalogue } from "#lib/server/services/catalogue/shared-reading.ts";
import { approverOf, clearableOf } from "./clearable.ts";
import { toDetail } from "./to-release.ts";
import { requireLocked } from "./visibility.ts";

/** An override takes two people. */
const OVERRIDERS = 2;

function stale(release: ReleaseRecord): AppError {
  const { decision, decisionSeq, state } = release;
  return new AppError("conflict", `the gate decided anew meanwhile: ${decision ?? state}`, {
    current: { decision, decisionSeq, state },
  });
}

/** @throws `forbidden` in the words of what is missing */
async function requireClearance(
  tx: Transaction,
  actor: Actor,
  release: ReleaseRecord,
  kind: ApproveRelease["kind"],
): Promise<number> {
  const approvals = await findApprovals(tx, [release.id]);
  const seq = release.decisionSeq ?? 0;
  const lane = (await findVerdictBriefs(tx, [seq])).get(seq)?.lane ?? null;
  const clearable = await clearableOf(tx, release, { approvals, lane });
  const approver = await approverOf(tx, actor);
  const whyNot = (kind === "review" ? whyNotReview : whyNotOverride)(approver, clearable);
  if (whyNot !== null) throw new AppError("forbidden", whyNot);
  return clearable.overriddenBy.length;
}

/** The lease that somebody's yes begins; null where an override needs a second one. */
async function grantLease(
  tx: Transaction,
  release: ReleaseRecord,
  { actorId, reason, catalogue }: { actorId: string; reason: string; catalogue: readonly CatalogueService[] },
): Promise<ReleaseRecord> {
  const policy = await gatePolicyInForce(tx);
  const at = new Date();
  const service = catalogue.find(({ name }) => name === release.service);
  const basis: Decision = release.decision ?? "block";
  const settled = grant(basis, at.getTime(), leaseMs(policy, service?.tier ?? null));
  return moveRelease(tx, release, settled, { actorId, because: reason, at, policyVersion: policy.version });
}

async function answer(
  tx: Transaction,
  actor: Actor,
  release: ReleaseRecord,
  { said, catalogue }: { said: ApproveRelease; catalogue: readonly CatalogueService[] },
): Promise<ReleaseRecord> {
  const { kind, verdict, reason, decisionSeq } = said;
  const agreedBefore = await requireClearance(tx, actor, release, kind);
  const kept = { releaseId: release.id, kind, verdict, reason, actorId: actor.id, decisionSeq };
  if (!(await addApproval(tx, kept)))
    throw new AppError("conflict", "you have answered this decision already");
  const rejected = verdict === "rejected";
  const yes = kind === "override" ? "override" : "approval";
  await appendDecision(tx, {
    kind: rejected ? "rejection" : yes,
    service: release.service,
    releaseId: release.id,
    actorId: actor.id,
    decision: release.decision,
    at: new Date(),
    body: { kind, verdict, reason, decisionSeq, commit: release.commit, roles: actor.roles },
  });
  if (rejected) return changeRelease(tx, release.id, { state: "rejected", askAgainAt: null });
  if (kind === "override" && agreedBefore + 1 < OVERRIDERS) return changeRelease(tx, release.id, {});
  return grantLease(tx, release, { actorId: actor.id, reason, catalogue });
}

/**
 * Says yes or no to the decision that was looked at. A review takes one release manager, an override two people; nobody
 * approves their own. Whoever comes second, or too late, is told what stands by now.
 * @throws `forbidden`, `conflict` with the current decision, `not_found`
 */
export async function approveRelease(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<{ release: ReleaseDetail }> {
  authorize(actor, "releases:approve");
  const said = parseInput(ApproveRelease, input);
  // Outside of the transaction, which should not ask for a second connection while it holds one.
  const catalogue = await readCatalogue();
  return transaction(async (tx) => {
    const release = await requireLocked(tx, said.id, actor);
    if (release.decisionSeq !== said.decisionSeq) throw stale(release);
    if (release.expiresAt !== null && release.expiresAt <= new Date()) throw stale(release);
    const answered = await answer(tx, actor, release, { said, catalogue });
    const detail = await toDetail(tx, actor, answered);
    await recordAudit(tx, actor, caller, {
      action: `release.${said.kind}.${said.verdict}`,
      resource: { type: "release", id: release.id },
      before: { state: release.state },
      after: { state: answered.state, decisionSeq: said.decisionSeq },
    });
    return { release: detail };
  });
}
