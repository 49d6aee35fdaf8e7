import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Role } from "#lib/contracts/access.ts";
import type { Transaction } from "./client.ts";
import { KnownRoles } from "./person.repo.ts";

const PROVIDER = "oidc";

const Row = z.object({
  id: z.string(),
  roles: KnownRoles,
  disabledAt: z.date().nullable(),
  emailVerified: z.boolean(),
  accounts: z.array(z.object({ providerId: z.string(), accountId: z.string() })),
});
type PersonRow = z.infer<typeof Row>;

/** Somebody at an issuer. Subjects are unique at their issuer alone, so that both make the key. */
export interface Subject {
  issuer: string;
  subject: string;
}

/** A person as far as signing in by an issuer is concerned. */
export interface OidcPerson {
  id: string;
  roles: Role[];
  disabled: boolean;
  hasPassword: boolean;
  /** Whether somebody of an issuer may be taken for this person by a verified e-mail address alone. */
  linkable: boolean;
}

function accountKey({ issuer, subject }: Subject): string {
  return `${issuer} ${subject}`;
}

/**
 * An account that an issuer's word once made without a verified address may be anybody's, and one issuer knows nobody
 * under two subjects.
 */
function isLinkable({ accounts, emailVerified }: PersonRow, issuer: string): boolean {
  const oidc = accounts.filter(({ providerId }) => providerId === PROVIDER);
  const here = oidc.some(({ accountId }) => accountId.startsWith(`${issuer} `));
  return !here && (oidc.length === 0 || emailVerified);
}

function toPerson(row: unknown, issuer: string): OidcPerson {
  const person = Row.parse(row);
  return {
    id: person.id,
    roles: person.roles,
    disabled: person.disabledAt !== null,
    hasPassword: person.accounts.some(({ providerId }) => providerId === "credential"),
    linkable: isLinkable(person, issuer),
  };
}

/** Lets one transaction at a time, over all replicas, find out who a subject is. */
export async function lockSubject(tx: Transaction, subject: Subject): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${accountKey(subject)}, 0))`;
}

/** Whoever signs in as this subject; null for somebody new. */
export async function findBySubject(tx: Transaction, subject: Subject): Promise<OidcPerson | null> {
  const row = await tx.user.findFirst({
    where: { accounts: { some: { providerId: PROVIDER, accountId: accountKey(subject) } } },
    include: { accounts: true },
  });
  return row && toPerson(row, subject.issuer);
}

/** Whoever has this e-mail address, in lower case; null for nobody. */
export async function findByEmail(
  tx: Transaction,
  email: string,
  issuer: string,
): Promise<OidcPerson | null> {
  const row = await tx.user.findUnique({ where: { email }, include: { accounts: true } });
  return row && toPerson(row, issuer);
}

/** Lets a person sign in as this subject from now on; their address has been verified by the issuer. */
export async function linkSubject(tx: Transaction, personId: string, subject: Subject): Promise<void> {
  await tx.account.create({
    data: { id: randomUUID(), providerId: PROVIDER, accountId: accountKey(subject), userId: personId },
  });
  await tx.user.update({ where: { id: personId }, data: { emailVerified: true } });
}

interface NewOidcPerson {
  name: string;
  email: string;
  emailVerified: boolean;
  roles: readonly Role[];
}

/** Adds a person who signs in as this subject; answers the new id, null for an e-mail address that is taken. */
export async function insertOidcPerson(
  tx: Transaction,
  subject: Subject,
  { roles, ...person }: NewOidcPerson,
): Promise<string | null> {
  const id = randomUUID();
  const { count } = await tx.user.createMany({
    data: [{ id, ...person, roles: [...roles] }],
    skipDuplicates: true,
  });
  if (count === 0) return null;
  await tx.account.create({
    data: { id: randomUUID(), providerId: PROVIDER, accountId: accountKey(subject), userId: id },
  });
  return id;
}

/** Gives a person these roles in place of the old ones. */
export async function replaceRoles(tx: Transaction, id: string, roles: readonly Role[]): Promise<void> {
  await tx.user.update({ where: { id }, data: { roles: [...roles], version: { increment: 1 } } });
}
