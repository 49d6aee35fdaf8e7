import "server-only";
import { ChangePassword } from "#lib/contracts/access.ts";
import type { Done } from "#lib/contracts/access-routes.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { hashPassword } from "#lib/server/auth/password.ts";
import { openSession } from "#lib/server/auth/session.ts";
import { transaction } from "#lib/server/db/client.ts";
import { replacePassword } from "#lib/server/db/sign-in.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { confirmPassword, refusePassword } from "./confirm-password.ts";
import { recordSignIn } from "./record-sign-in.ts";

/**
 * Changes one's password, the first one that somebody gave included. Every session ends; this browser gets a
 * new one.
 * @throws `invalid` naming `current` or `next`, `rate_limited`, `conflict` when it was changed meanwhile
 */
export async function changePassword(actor: Actor, input: unknown, caller: Caller): Promise<Done> {
  authorize(actor, "account:manage", { ownerId: actor.id });
  const { current, next } = parseInput(ChangePassword, input);
  const old = await confirmPassword(actor, current, caller, "current");
  if (current === next) throw refusePassword("next", "must differ from the current one");
  const hash = await hashPassword(next);
  await transaction(async (tx) => {
    if (!(await replacePassword(tx, actor.id, { old, next: hash })))
      throw new AppError("conflict", "your password was changed somewhere else meanwhile");
    await recordAudit(tx, actor, caller, {
      action: "password.changed",
      resource: { type: "person", id: actor.id },
    });
  });
  const token = await openSession(actor.id, caller);
  await recordSignIn(caller, { personId: actor.id, token, method: "password" });
  return { done: true };
}
