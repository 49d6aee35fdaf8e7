import "server-only";
import { type ActionKey, OneAction } from "#lib/contracts/runbook-actions.ts";
import { signingKey } from "#lib/server/actions/signing-key.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { transaction } from "#lib/server/db/client.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { requireAction } from "./find-action.ts";

/**
 * The key that a receiver verifies signatures with. Whoever has it can call the receiver for any service, so it is not
 * for those who are limited by labels; every showing is audited. @throws `not_found`, `forbidden`
 */
export async function showKey(actor: Actor, input: unknown, caller: Caller): Promise<ActionKey> {
  authorize(actor, "runbooks:write");
  const { name, action } = parseInput(OneAction, input);
  if (actor.confinement.length > 0)
    throw new AppError("forbidden", "signing keys are not for whoever is limited by labels");
  return transaction(async (tx) => {
    const found = await requireAction(tx, name, action);
    const { keyVersion } = found.action;
    await recordAudit(tx, actor, caller, {
      action: "action-key.shown",
      resource: { type: "runbook-action", id: `${name}/${action}` },
      after: { keyVersion },
    });
    return { key: signingKey(name, found.action), keyVersion };
  });
}
