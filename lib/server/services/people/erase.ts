import "server-only";
import { OnePerson } from "#lib/contracts/access.ts";
import type { Done } from "#lib/contracts/access-routes.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { transaction } from "#lib/server/db/client.ts";
import { deletePerson, deletePersonalTraces } from "#lib/server/db/person.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { keepAnAdmin, refuseSelf } from "./guards.ts";

/**
 * Erases a person: account, sessions, second factor and tokens go, and so do the names and addresses beside
 * the audit records that name them. The records stay, with an id that leads nowhere.
 * @throws `invalid` for oneself and for the last admin, `not_found`
 */
export async function erasePerson(actor: Actor, input: unknown, caller: Caller): Promise<Done> {
  authorize(actor, "people:write");
  const { person: id } = parseInput(OnePerson, input);
  refuseSelf(actor, id, "person", "nobody erases their own account");
  await transaction(async (tx) => {
    await keepAnAdmin(tx, id, "person");
    if (!(await deletePerson(tx, id))) throw new AppError("not_found", "there is no person of this id");
    await recordAudit(tx, actor, caller, { action: "person.erased", resource: { type: "person", id } });
    // Behind the record, whose lock lets nobody append another one about this person meanwhile.
    await deletePersonalTraces(tx, id);
  });
  return { done: true };
}
