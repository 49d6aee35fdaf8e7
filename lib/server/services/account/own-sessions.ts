import "server-only";
import { OneSession, type Session } from "#lib/contracts/access.ts";
import type { Done } from "#lib/contracts/access-routes.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { dropSessionCookie } from "#lib/server/auth/session.ts";
import { transaction } from "#lib/server/db/client.ts";
import { deleteSession } from "#lib/server/db/sign-in.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { endPersonSessions, listPersonSessions } from "../people/sessions.ts";

/** One's own sessions, the one used last first. */
export async function listOwnSessions(
  actor: Actor,
  _input: unknown,
  caller: Pick<Caller, "headers">,
): Promise<{ sessions: Session[] }> {
  authorize(actor, "account:manage", { ownerId: actor.id });
  return listPersonSessions(actor, { person: actor.id }, caller);
}

/** Signs out everywhere, here too. */
export async function endOwnSessions(actor: Actor, _input: unknown, caller: Caller): Promise<Done> {
  authorize(actor, "account:manage", { ownerId: actor.id });
  await endPersonSessions(actor, { person: actor.id }, caller);
  await dropSessionCookie(caller);
  return { done: true };
}

/** Ends one of one's sessions. @throws `not_found`, for somebody else's as well */
export async function endOwnSession(actor: Actor, input: unknown, caller: Caller): Promise<Done> {
  authorize(actor, "account:manage", { ownerId: actor.id });
  const { session: id } = parseInput(OneSession, input);
  await transaction(async (tx) => {
    if (!(await deleteSession(tx, actor.id, id)))
      throw new AppError("not_found", "you have no session of this id");
    await recordAudit(tx, actor, caller, { action: "session.revoked", resource: { type: "session", id } });
  });
  return { done: true };
}
