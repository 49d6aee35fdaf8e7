import "server-only";
import type { Transaction } from "#lib/server/db/client.ts";
import { findPerson } from "#lib/server/db/person.repo.ts";
import { AppError } from "#lib/server/errors.ts";

/** Refuses a person who could not do what the field asks of them. @throws `invalid` naming the field */
export async function requirePerson(
  tx: Transaction,
  path: string,
  personId: string | null | undefined,
): Promise<void> {
  if (personId === null || personId === undefined) return;
  const person = await findPerson(tx, personId);
  if (person && person.disabledAt === null) return;
  const message = person ? "this account is disabled" : "there is no such person";
  throw new AppError("invalid", `${path}: ${message}`, { fields: [{ path, message }] });
}
