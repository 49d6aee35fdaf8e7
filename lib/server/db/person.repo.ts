import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { Role } from "#lib/contracts/access.ts";
import type { Transaction } from "./client.ts";

/** Roles that this version does not know are left out: they give nothing. */
export const KnownRoles = z
  .array(z.string())
  .transform((roles) => roles.filter((role): role is Role => Role.safeParse(role).success));

const Row = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  roles: KnownRoles,
  mustChangePassword: z.boolean(),
  disabledAt: z.date().nullable(),
  twoFactorEnabled: z.boolean().nullable(),
  createdAt: z.date(),
  version: z.int(),
  accounts: z.array(z.object({ providerId: z.string() })),
});
/** A person with the ways they sign in. */
export type PersonRecord = z.infer<typeof Row>;

const SeenRow = Row.extend({ sessions: z.array(z.object({ updatedAt: z.date() })) });
/** A person with the sessions that run, and when they were last seen, which outlives their sessions. */
export type SeenPersonRecord = z.infer<typeof SeenRow> & { lastSeenAt: Date | null };

const WITH_ACCOUNTS = { accounts: { select: { providerId: true } } } as const;

/** One person; null when there is none of this id. */
export async function findPerson(tx: Transaction, id: string): Promise<PersonRecord | null> {
  const row = await tx.user.findUnique({ where: { id }, include: WITH_ACCOUNTS });
  return row && Row.parse(row);
}

/** When each person last did something that is on record. */
async function findLastActs(tx: Transaction, ids: readonly string[]): Promise<Map<string, Date>> {
  const rows = await tx.$queryRaw<{ id: string; at: Date }[]>`
    select person.id, act.at
    from unnest(${ids}::text[]) as person(id)
    cross join lateral (
      select at from audit_entries
      where actor_id = person.id and actor_kind = 'person'
      order by seq desc limit 1
    ) as act`;
  return new Map(rows.map(({ id, at }) => [id, at]));
}

/** Everybody by name, or the one person of this id, with what is known of their presence. */
export async function findPeople(tx: Transaction, now: Date, id?: string): Promise<SeenPersonRecord[]> {
  const found = await tx.user.findMany({
    where: { id },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    include: {
      ...WITH_ACCOUNTS,
      sessions: { select: { updatedAt: true }, where: { expiresAt: { gt: now } } },
    },
  });
  const people = z.array(SeenRow).parse(found);
  const lastActs = await findLastActs(
    tx,
    people.map((person) => person.id),
  );
  return people.map((person) => {
    const seen = person.sessions.map(({ updatedAt }) => updatedAt.getTime());
    const lastActMs = lastActs.get(person.id)?.getTime();
    const latestMs = Math.max(...seen, lastActMs ?? -Infinity);
    return { ...person, lastSeenAt: Number.isFinite(latestMs) ? new Date(latestMs) : null };
  });
}

interface NewPerson {
  name: string;
  email: string;
  roles: readonly Role[];
  passwordHash: string;
}

/** Adds a person who must change the password on first use; answers the new id, null for an e-mail that is taken. */
export async function insertPerson(tx: Transaction, person: NewPerson): Promise<string | null> {
  const { name, email, roles, passwordHash } = person;
  const id = randomUUID();
  const { count } = await tx.user.createMany({
    data: [{ id, name, email, roles: [...roles], mustChangePassword: true }],
    skipDuplicates: true,
  });
  if (count === 0) return null;
  await setFirstPassword(tx, id, passwordHash);
  return id;
}

/** Lets somebody sign in with a password that must be changed on first use. */
export async function setFirstPassword(tx: Transaction, id: string, passwordHash: string): Promise<void> {
  // How the library that signs people in keeps a password.
  const key = { providerId: "credential", accountId: id };
  await tx.account.upsert({
    where: { providerId_accountId: key },
    create: { id: randomUUID(), ...key, userId: id, password: passwordHash },
    update: { password: passwordHash },
  });
  await tx.user.update({ where: { id }, data: { mustChangePassword: true } });
}

interface PersonChange {
  name: string | undefined;
  roles: Role[] | undefined;
  disabledAt: Date | null | undefined;
}

/** Changes a person if `version` is still current, and counts it up; false when it is not. */
export async function changePerson(
  tx: Transaction,
  id: string,
  version: number,
  change: PersonChange,
): Promise<boolean> {
  const data = { ...change, version: { increment: 1 } };
  const { count } = await tx.user.updateMany({ where: { id, version }, data });
  return count === 1;
}

/**
 * The ids of the enabled admins. Their rows stay locked until the transaction ends, and whoever waited
 * for them sees what has become of them: of two admins who demote each other, the second one is refused.
 */
export async function lockAdmins(tx: Transaction): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from users where 'admin' = any(roles) and disabled_at is null order by id for no key update`;
  return rows.map(({ id }) => id);
}

/** Removes a person with accounts, sessions, second factors, tokens and pending sign-ins; false when there is none. */
export async function deletePerson(tx: Transaction, id: string): Promise<boolean> {
  await tx.verification.deleteMany({ where: { value: id } });
  const { count } = await tx.user.deleteMany({ where: { id } });
  return count === 1;
}

/** Removes the names and addresses beside the audit records that name a person; the records stay. */
export async function deletePersonalTraces(tx: Transaction, id: string): Promise<void> {
  await tx.auditPersonal.deleteMany({ where: { personIds: { has: id } } });
}

/** The names of people by their ids; who was erased has none. */
export async function findPersonNames(tx: Transaction, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.user.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The roles of people by their ids. */
export async function findPersonRoles(tx: Transaction, ids: readonly string[]): Promise<Map<string, Role[]>> {
  const rows = await tx.user.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, roles: true },
  });
  return new Map(rows.map(({ id, roles }) => [id, KnownRoles.parse(roles)]));
}
