import "server-only";
import type { Done } from "#lib/contracts/access-routes.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import { auth } from "#lib/server/auth/auth.ts";
import { dropSessionCookie } from "#lib/server/auth/session.ts";
import { transaction } from "#lib/server/db/client.ts";
import { deleteSession } from "#lib/server/db/sign-in.repo.ts";
import type { Caller } from "#lib/server/handle.ts";
import { personActor } from "./record-sign-in.ts";

/** Ends the session of the request's cookie, if there is one, and makes the browser forget it. */
export async function signOut(_input: unknown, caller: Caller): Promise<Done> {
  const found = await auth().api.getSession({ headers: caller.headers, query: { disableRefresh: true } });
  if (found) {
    const { id, userId } = found.session;
    await transaction(async (tx) => {
      await deleteSession(tx, userId, id);
      const resource = { type: "session", id };
      await recordAudit(tx, personActor(userId), caller, { action: "session.signed_out", resource });
    });
  }
  await dropSessionCookie(caller);
  return { done: true };
}
