import "server-only";
import type { Transaction } from "#lib/server/db/client.ts";
import { findPerson } from "#lib/server/db/person.repo.ts";
import { AppError } from "#lib/server/errors.ts";

/** Refuses an owner who could not look after it. @throws `invalid` naming `ownerId` */
export async function requireOwner(tx: Transaction, ownerId: string | null | undefined): Promise<void> {
  if (ownerId === null || ownerId === undefined) return;
  const person = await findPerson(tx, ownerId);
  if (person && person.disabledAt === null) return;
  const message = person ? "this account is disabled" : "there is no such person";
  throw new AppError("invalid", `ownerId: ${message}`, { fields: [{ path: "ownerId", message }] });
}
