import "server-only";
import type { GuardedAction } from "#lib/contracts/runbooks.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findRunbook } from "#lib/server/db/runbook.repo.ts";

/** The action of a run as its runbook says it now, or why it is not to be run: what was asked for is no more. */
export async function actionInForce(
  tx: Transaction,
  run: { runbook: string; runbookVersion: number; action: string },
): Promise<{ action: GuardedAction } | { why: string }> {
  const runbook = await findRunbook(tx, run.runbook);
  if (runbook?.version !== run.runbookVersion)
    return { why: "the runbook was changed after it was asked for" };
  const action = runbook.document.actions.find(({ name }) => name === run.action);
  return action ? { action } : { why: "the runbook has no such action" };
}
