import "server-only";
import type { GuardedAction } from "#lib/contracts/runbooks.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findRunbook } from "#lib/server/db/runbook.repo.ts";
import { AppError } from "#lib/server/errors.ts";

/** An action of a runbook as it stands. @throws `not_found` */
export async function requireAction(
  tx: Transaction,
  name: string,
  action: string,
): Promise<{ action: GuardedAction; version: number }> {
  const runbook = await findRunbook(tx, name);
  const found = runbook?.document.actions.find((one) => one.name === action);
  if (runbook && found) return { action: found, version: runbook.version };
  throw new AppError(
    "not_found",
    `there is no action ${JSON.stringify(action)} in a runbook ${JSON.stringify(name)}`,
  );
}
