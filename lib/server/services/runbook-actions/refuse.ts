import "server-only";
import { type ActionRun, RefuseRun } from "#lib/contracts/runbook-actions.ts";
import { whyNotApprove } from "#lib/domain/runbooks/approval.ts";
import { actionInForce } from "#lib/server/actions/in-force.ts";
import { takeStep } from "#lib/server/actions/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import type { RunRecord } from "#lib/server/db/action-run.repo.ts";
import { type Transaction, transaction } from "#lib/server/db/client.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { toRun } from "./to-run.ts";
import { requireRun } from "./visibility.ts";

/** Whoever could agree may refuse, and whoever asked may take it back. @throws `forbidden` */
async function requireSay(tx: Transaction, run: RunRecord, actor: Actor): Promise<void> {
  if (run.askedBy === actor.id) return;
  const found = await actionInForce(tx, run);
  // Of an action that is no more nobody's role is known; whoever may run actions clears it away.
  if ("why" in found) return authorize(actor, "actions:run");
  const why = whyNotApprove(actor, { askedBy: run.askedBy, approvalBy: found.action.approvalBy });
  if (why !== null) throw new AppError("forbidden", why);
}

/** Refuses a run that waits, or takes one's own ask back. @throws `not_found`, `forbidden`, `conflict` */
export async function refuseRun(actor: Actor, input: unknown, caller: Caller): Promise<{ run: ActionRun }> {
  authorize(actor, "actions:approve");
  const { id, reason } = parseInput(RefuseRun, input);
  return transaction(async (tx) => {
    const run = await requireRun(tx, id, actor);
    if (run.state !== "awaiting_approval")
      throw new AppError("conflict", `the run is ${run.state.replaceAll("_", " ")} already`);
    await requireSay(tx, run, actor);
    const change = { endedAt: new Date(), result: { detail: reason } };
    const changed = await takeStep(tx, run, "refuse", change, { actor, caller });
    if (!changed) throw new AppError("conflict", "somebody else was faster");
    return { run: await toRun(tx, changed, actor) };
  });
}
