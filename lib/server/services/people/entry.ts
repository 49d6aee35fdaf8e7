import "server-only";
import type { Person } from "#lib/contracts/access.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findPeople, type PersonRecord, type SeenPersonRecord } from "#lib/server/db/person.repo.ts";
import { AppError } from "#lib/server/errors.ts";

/** The ways somebody can sign in; those of other versions are left out. */
function waysIn(accounts: PersonRecord["accounts"]): Person["signsInWith"] {
  const providers = new Set(accounts.map(({ providerId }) => providerId));
  return [
    ...(providers.has("credential") ? (["password"] as const) : []),
    ...(providers.has("oidc") ? (["oidc"] as const) : []),
  ];
}

/** A person as the pages show them. */
export function toPerson(record: SeenPersonRecord): Person {
  const { id, name, email, roles, mustChangePassword, version } = record;
  return {
    id,
    name,
    email,
    roles,
    disabled: record.disabledAt !== null,
    mustChangePassword,
    hasSecondFactor: record.twoFactorEnabled ?? false,
    signsInWith: waysIn(record.accounts),
    sessions: record.sessions.length,
    lastSeenAt: record.lastSeenAt?.toISOString() ?? null,
    createdAt: record.createdAt.toISOString(),
    version,
  };
}

/** One person as they are now. @throws `not_found` */
export async function readPerson(tx: Transaction, id: string): Promise<SeenPersonRecord> {
  const [found] = await findPeople(tx, new Date(), id);
  if (!found) throw new AppError("not_found", "there is no person of this id");
  return found;
}
