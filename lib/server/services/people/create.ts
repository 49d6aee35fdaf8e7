import "server-only";
import type { z } from "zod";
import { type CreatedPerson, CreatePerson } from "#lib/contracts/access.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { hashPassword } from "#lib/server/auth/password.ts";
import { transaction } from "#lib/server/db/client.ts";
import { insertPerson } from "#lib/server/db/person.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { readPerson, toPerson } from "./entry.ts";
import { makeFirstPassword } from "./first-password.ts";
import { refuseField } from "./guards.ts";

/**
 * Gives somebody an account with a first password, ours unless one is given; the answer alone has it.
 * @throws `invalid` naming the field, `email` when it is taken
 */
export async function createPerson(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<z.infer<typeof CreatedPerson>> {
  authorize(actor, "people:write");
  const { name, email, roles, password = makeFirstPassword() } = parseInput(CreatePerson, input);
  const passwordHash = await hashPassword(password);
  return transaction(async (tx) => {
    const id = await insertPerson(tx, { name, email, roles, passwordHash });
    if (id === null) throw refuseField("email", "somebody has an account with this e-mail already");
    const person = toPerson(await readPerson(tx, id));
    await recordAudit(tx, actor, caller, {
      action: "person.created",
      resource: { type: "person", id },
      after: { roles },
    });
    return { person, password };
  });
}
