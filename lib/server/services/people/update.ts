import "server-only";
import { PatchPerson, type Person } from "#lib/contracts/access.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { type Transaction, transaction } from "#lib/server/db/client.ts";
import { changePerson, type SeenPersonRecord } from "#lib/server/db/person.repo.ts";
import { deleteSessions } from "#lib/server/db/session.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { readPerson, toPerson } from "./entry.ts";
import { keepAnAdmin, refuseSelf } from "./guards.ts";

function conflict(current: SeenPersonRecord): AppError {
  const detail = `this person was changed meanwhile: version ${current.version} is current`;
  return new AppError("conflict", detail, { current: toPerson(current) });
}

async function guard(tx: Transaction, actor: Actor, patch: PatchPerson): Promise<void> {
  const { person, roles, disabled } = patch;
  if (disabled) refuseSelf(actor, person, "disabled", "nobody disables their own account");
  if (disabled) await keepAnAdmin(tx, person, "disabled");
  if (roles && !roles.includes("admin")) await keepAnAdmin(tx, person, "roles");
}

/** What of a person belongs on record: no name, no address. */
const onRecord = ({ roles, disabledAt }: SeenPersonRecord) => ({ roles, disabled: disabledAt !== null });

/**
 * Changes name, roles or whether the account works; what the input does not name stays. Roles hold from the
 * person's next request on, and who is disabled is signed out.
 * @throws `invalid` naming the field, `not_found`, and `conflict` with the current state
 */
export async function updatePerson(actor: Actor, input: unknown, caller: Caller): Promise<Person> {
  authorize(actor, "people:write");
  const patch = parseInput(PatchPerson, input);
  const { person: id, version, name, roles, disabled } = patch;
  return transaction(async (tx) => {
    await guard(tx, actor, patch);
    const before = await readPerson(tx, id);
    if (before.version !== version) throw conflict(before);
    const disabledAt =
      disabled === undefined ? undefined : disabled ? (before.disabledAt ?? new Date()) : null;
    if (!(await changePerson(tx, id, version, { name, roles, disabledAt })))
      throw conflict(await readPerson(tx, id));
    const endedSessions = disabled ? await deleteSessions(tx, id) : 0;
    const after = await readPerson(tx, id);
    await recordAudit(tx, actor, caller, {
      action: "person.changed",
      resource: { type: "person", id },
      before: onRecord(before),
      after: { ...onRecord(after), renamed: before.name !== after.name, endedSessions },
    });
    return toPerson(after);
  });
}
