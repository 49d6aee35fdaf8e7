import "server-only";
import type { Actor } from "#lib/server/auth/actor.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { lockAdmins } from "#lib/server/db/person.repo.ts";
import { AppError } from "#lib/server/errors.ts";

/** A refusal that names the field it is about. */
export function refuseField(path: string, message: string): AppError {
  return new AppError("invalid", `${path}: ${message}`, { fields: [{ path, message }] });
}

/** Nobody shuts themselves out. @throws `invalid` naming `path` */
export function refuseSelf(actor: Actor, personId: string, path: string, message: string): void {
  if (actor.id === personId) throw refuseField(path, message);
}

/**
 * Refuses what would leave nobody to give roles. To be asked before the row is changed: it holds every
 * admin's row until the transaction ends.
 * @throws `invalid` naming `path` when nobody but this person is an enabled admin
 */
export async function keepAnAdmin(tx: Transaction, personId: string, path: string): Promise<void> {
  const admins = await lockAdmins(tx);
  if (admins.includes(personId) && admins.length === 1)
    throw refuseField(path, "this is the last admin whose account works");
}
