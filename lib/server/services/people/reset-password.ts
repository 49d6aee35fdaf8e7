import "server-only";
import type { z } from "zod";
import { OnePerson, type ResetPassword } from "#lib/contracts/access.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { hashPassword } from "#lib/server/auth/password.ts";
import { transaction } from "#lib/server/db/client.ts";
import { setFirstPassword } from "#lib/server/db/person.repo.ts";
import { deleteSessions } from "#lib/server/db/session.repo.ts";
import { endHalfSignIns } from "#lib/server/db/sign-in.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { readPerson } from "./entry.ts";
import { makeFirstPassword } from "./first-password.ts";
import { refuseSelf } from "./guards.ts";

/**
 * Gives somebody a new first password, which the answer alone has, and ends their sessions. One's own is
 * changed in the account settings, which ask for the current one.
 * @throws `invalid` for oneself, `not_found`
 */
export async function resetPassword(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<z.infer<typeof ResetPassword>> {
  authorize(actor, "people:write");
  const { person: id } = parseInput(OnePerson, input);
  refuseSelf(actor, id, "person", "your own password is changed in your account settings");
  const password = makeFirstPassword();
  const passwordHash = await hashPassword(password);
  await transaction(async (tx) => {
    await readPerson(tx, id);
    await setFirstPassword(tx, id, passwordHash);
    const endedSessions = await deleteSessions(tx, id);
    await endHalfSignIns(tx, id);
    await recordAudit(tx, actor, caller, {
      action: "password.reset",
      resource: { type: "person", id },
      after: { endedSessions },
    });
  });
  return { password };
}
