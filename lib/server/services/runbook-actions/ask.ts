import "server-only";
import { randomUUID } from "node:crypto";
import { type ActionRun, AskRun, type CheckedCondition } from "#lib/contracts/runbook-actions.ts";
import type { GuardedAction } from "#lib/contracts/runbooks.ts";
import { after, isOver } from "#lib/domain/runbooks/action-run.ts";
import { checkConditions, whyNotNow } from "#lib/server/actions/conditions.ts";
import { requireFree } from "#lib/server/actions/limit.ts";
import { recordRun } from "#lib/server/actions/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { createRun, lockAction, type RunRecord } from "#lib/server/db/action-run.repo.ts";
import { read, type Transaction, transaction } from "#lib/server/db/client.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { requireOwnCourse } from "#lib/server/services/incidents/visibility.ts";
import { requireAction } from "./find-action.ts";
import { toRun } from "./to-run.ts";
import { requireTarget } from "./visibility.ts";

/** The action as the asker saw it. @throws `not_found`, `conflict` where the runbook says something else by now */
async function requireSeen(tx: Transaction, { name, action, version }: AskRun): Promise<GuardedAction> {
  const found = await requireAction(tx, name, action);
  if (found.version === version) return found.action;
  throw new AppError("conflict", `the runbook ${name} was changed to version ${found.version} meanwhile`, {
    current: { version: found.version },
  });
}

/** A dry run changes nothing, so that nobody has to agree to it. */
function firstStep({ approvalBy }: GuardedAction, dryRun: boolean, why: string | null) {
  if (why !== null) return "refuse";
  return approvalBy === null || dryRun ? "approve" : "wait";
}

function newRun(
  actor: Actor,
  asked: AskRun,
  action: GuardedAction,
  conditions: CheckedCondition[],
): Parameters<typeof createRun>[1] {
  const now = new Date();
  const why = whyNotNow(conditions);
  const state = after("asked", firstStep(action, asked.dryRun, why)) ?? "refused";
  return {
    id: randomUUID(),
    runbook: asked.name,
    runbookVersion: asked.version,
    action: asked.action,
    incidentId: asked.incident,
    service: asked.service,
    node: asked.node,
    dryRun: asked.dryRun,
    state,
    askedBy: actor.id,
    askedAt: now,
    approvedBy: null,
    approvedAt: state === "approved" ? now : null,
    endedAt: isOver(state) ? now : null,
    result: { reason: asked.reason, conditions, detail: why, answer: null },
  };
}

/** Keeps the ask; one that would be let go or wait needs a free place under the action's limit. */
async function keep(
  tx: Transaction,
  action: GuardedAction,
  run: ReturnType<typeof newRun>,
): Promise<RunRecord> {
  const real = !run.dryRun && run.state !== "refused";
  if (real) await requireFree(tx, run.runbook, action, run.askedAt.getTime());
  return createRun(tx, run);
}

/**
 * Asks for a run of a guarded action, or for a dry one. Where its conditions do not hold it is refused on the spot and
 * kept with why; where nobody has to agree it is let go at once.
 * @throws `not_found`, `invalid`, `forbidden`, `conflict` for another version of the runbook, `rate_limited`
 */
export async function askRun(actor: Actor, input: unknown, caller: Caller): Promise<{ run: ActionRun }> {
  authorize(actor, "actions:run");
  const asked = parseInput(AskRun, input);
  const seen = await read((tx) => requireSeen(tx, asked));
  await requireTarget(actor, seen, asked);
  // Before the source is asked: a limit that is used up costs it nothing.
  if (!asked.dryRun) await read((tx) => requireFree(tx, asked.name, seen, Date.now()));
  const conditions = await checkConditions({ actor, signal: caller.signal }, seen.conditions, asked);
  return transaction(async (tx) => {
    await lockAction(tx, asked.name, asked.action);
    const action = await requireSeen(tx, asked);
    if (asked.incident !== null) await requireOwnCourse(tx, asked.incident, actor);
    const run = await keep(tx, action, newRun(actor, asked, action, conditions));
    const answer = await toRun(tx, run, actor);
    await recordRun(tx, run, { actor, caller });
    return { run: answer };
  });
}
