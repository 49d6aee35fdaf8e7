import "server-only";
import { recordAudit } from "#lib/server/audit/record.ts";
import { type Actor, ANONYMOUS_VIEWER } from "#lib/server/auth/actor.ts";
import { read, transaction } from "#lib/server/db/client.ts";
import { deleteSessionByToken, findSessionId } from "#lib/server/db/sign-in.repo.ts";
import type { Caller } from "#lib/server/handle.ts";

/** What proved who somebody is. */
export type SignInMethod = "password" | "authenticator" | "backup_code" | "oidc" | "set_up";

/** Somebody who did not have a session when the request came. */
export function personActor(id: string): Actor {
  return { id, kind: "person", roles: [], scopes: "all", confinement: [] };
}

/** Whoever tried to sign in and did not prove to be anybody. */
const UNKNOWN: Actor = { ...ANONYMOUS_VIEWER, id: "unknown", roles: [] };

/** Puts a new session on record; if that fails the session ends, for nobody gets in unrecorded. */
export async function recordSignIn(
  caller: Caller,
  { personId, token, method }: { personId: string; token: string; method: SignInMethod },
): Promise<void> {
  try {
    await transaction(async (tx) => {
      const id = (await findSessionId(tx, token)) ?? "ended";
      await recordAudit(tx, personActor(personId), caller, {
        action: "session.signed_in",
        resource: { type: "session", id },
        after: { method },
      });
    });
  } catch (error) {
    await read((tx) => deleteSessionByToken(tx, token));
    throw error;
  }
}

/** Puts a refused attempt on record; `personId` null is an account that does not exist. */
export async function recordRefusal(
  caller: Caller,
  personId: string | null,
  step: "password" | "second_factor" | "oidc",
  reason?: string,
): Promise<void> {
  await transaction((tx) =>
    recordAudit(tx, UNKNOWN, caller, {
      action: "session.refused",
      resource: { type: "person", id: personId ?? "unknown" },
      after: { step, ...(reason && { reason }) },
      aboutPersonIds: personId === null ? [] : [personId],
    }),
  );
}
