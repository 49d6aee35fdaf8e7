import "server-only";
import { type ActionRun, OneRun } from "#lib/contracts/runbook-actions.ts";
import type { GuardedAction } from "#lib/contracts/runbooks.ts";
import { APPROVAL_MS } from "#lib/domain/runbooks/action-run.ts";
import { whyNotApprove } from "#lib/domain/runbooks/approval.ts";
import { checkConditions, whyNotNow } from "#lib/server/actions/conditions.ts";
import { actionInForce } from "#lib/server/actions/in-force.ts";
import { requireFree } from "#lib/server/actions/limit.ts";
import { takeStep } from "#lib/server/actions/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { lockAction, type RunRecord } from "#lib/server/db/action-run.repo.ts";
import { read, type Transaction, transaction } from "#lib/server/db/client.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { toRun } from "./to-run.ts";
import { requireRun, requireTarget } from "./visibility.ts";

function conflict(detail: string): AppError {
  return new AppError("conflict", detail);
}

/** The run while it waits, and its action as it stands. @throws `not_found`, `conflict` */
async function requireWaiting(
  tx: Transaction,
  id: string,
  actor: Actor,
): Promise<{ run: RunRecord; action: GuardedAction }> {
  const run = await requireRun(tx, id, actor);
  if (run.state !== "awaiting_approval")
    throw conflict(`the run is ${run.state.replaceAll("_", " ")} already`);
  if (Date.now() - run.askedAt.getTime() >= APPROVAL_MS)
    throw conflict("nobody agreed within 30 minutes; ask again");
  const found = await actionInForce(tx, run);
  if ("why" in found) throw conflict(`${found.why}; ask again`);
  return { run, action: found.action };
}

/**
 * Agrees to a run that somebody else asked for: its conditions are looked at again, and one that does not hold any more
 * ends it. @throws `not_found`, `forbidden` for the asker and for other roles, `conflict`, `rate_limited`
 */
export async function approveRun(actor: Actor, input: unknown, caller: Caller): Promise<{ run: ActionRun }> {
  authorize(actor, "actions:approve");
  const { id } = parseInput(OneRun, input);
  const { run, action } = await read((tx) => requireWaiting(tx, id, actor));
  const refused = whyNotApprove(actor, { askedBy: run.askedBy, approvalBy: action.approvalBy });
  if (refused !== null) throw new AppError("forbidden", refused);
  await requireTarget(actor, action, run);
  const conditions = await checkConditions({ actor, signal: caller.signal }, action.conditions, run);
  const why = whyNotNow(conditions);
  return transaction(async (tx) => {
    await lockAction(tx, run.runbook, run.action);
    const waiting = await requireWaiting(tx, id, actor);
    const now = new Date();
    if (why === null) await requireFree(tx, run.runbook, waiting.action, now.getTime());
    const changed = await takeStep(
      tx,
      waiting.run,
      why === null ? "approve" : "refuse",
      {
        ...(why === null ? { approvedBy: actor.id, approvedAt: now } : { endedAt: now }),
        result: { conditions, detail: why },
      },
      { actor, caller },
    );
    if (!changed) throw conflict("somebody else was faster");
    return { run: await toRun(tx, changed, actor) };
  });
}
