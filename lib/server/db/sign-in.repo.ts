import "server-only";
import { randomUUID } from "node:crypto";
import type { Transaction } from "./client.ts";

/** Any fixed number; whoever makes the first person holds this lock until its transaction ends. */
const FIRST_START_LOCK = 727_402;
const FIRST_START = "first-start";
/** How the library that signs people in names a sign-in that waits for its second step. */
const CHALLENGE_PREFIX = "2fa-";

/** The id of whoever signs in with this e-mail, in lower case; null for nobody. */
export async function findPersonIdByEmail(tx: Transaction, email: string): Promise<string | null> {
  const row = await tx.user.findUnique({ where: { email }, select: { id: true } });
  return row?.id ?? null;
}

/** The hash of somebody's password; null for whoever has none. */
export async function findPasswordHash(tx: Transaction, personId: string): Promise<string | null> {
  const where = { providerId_accountId: { providerId: "credential", accountId: personId } };
  const row = await tx.account.findUnique({ where, select: { password: true } });
  return row?.password ?? null;
}

/**
 * Puts somebody's own choice in the place of a password; false when that one is no longer current. What was
 * signed in or half signed in with the old one ends.
 */
export async function replacePassword(
  tx: Transaction,
  personId: string,
  { old, next }: { old: string; next: string },
): Promise<boolean> {
  const { count } = await tx.account.updateMany({
    where: { providerId: "credential", accountId: personId, password: old },
    data: { password: next },
  });
  if (count === 0) return false;
  await tx.user.update({ where: { id: personId }, data: { mustChangePassword: false } });
  await tx.session.deleteMany({ where: { userId: personId } });
  await endHalfSignIns(tx, personId);
  return true;
}

/** Ends sign-ins that wait for their second step. */
export async function endHalfSignIns(tx: Transaction, personId: string): Promise<void> {
  await tx.verification.deleteMany({
    where: { value: personId, identifier: { startsWith: CHALLENGE_PREFIX } },
  });
}

/** Who a sign-in that waits for its second step belongs to; null when there is no such one. */
export async function findChallenged(tx: Transaction, identifier: string, now: Date): Promise<string | null> {
  if (!identifier.startsWith(CHALLENGE_PREFIX)) return null;
  const where = { identifier, expiresAt: { gt: now } };
  const row = await tx.verification.findFirst({ where, select: { value: true } });
  return row?.value ?? null;
}

/** The id of the session that a token proves; null when it has ended. */
export async function findSessionId(tx: Transaction, token: string): Promise<string | null> {
  const row = await tx.session.findUnique({ where: { token }, select: { id: true } });
  return row?.id ?? null;
}

/** Ends the session that a token proves. */
export async function deleteSessionByToken(tx: Transaction, token: string): Promise<void> {
  await tx.session.deleteMany({ where: { token } });
}

/** Ends one of somebody's sessions; false when they have none of this id. */
export async function deleteSession(tx: Transaction, personId: string, id: string): Promise<boolean> {
  const { count } = await tx.session.deleteMany({ where: { id, userId: personId } });
  return count === 1;
}

/** Whether nobody has an account yet. */
export async function isFirstStart(tx: Transaction): Promise<boolean> {
  return (await tx.user.findFirst({ select: { id: true } })) === null;
}

/** Lets one transaction at a time make the first person, over all replicas. */
export async function lockFirstStart(tx: Transaction): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${FIRST_START_LOCK}::bigint)`;
}

/** The hashes of the set-up codes that hold: one for each replica that started. */
export async function findFirstStartHashes(tx: Transaction, now: Date): Promise<string[]> {
  const where = { identifier: FIRST_START, expiresAt: { gt: now } };
  const rows = await tx.verification.findMany({ where, select: { value: true } });
  return rows.map(({ value }) => value);
}

/** Keeps the hash of a set-up code where every replica sees it. */
export async function insertFirstStartHash(tx: Transaction, hash: string, expiresAt: Date): Promise<void> {
  await tx.verification.create({
    data: { id: randomUUID(), identifier: FIRST_START, value: hash, expiresAt },
  });
}

/** No set-up code holds any longer. */
export async function deleteFirstStartHashes(tx: Transaction): Promise<void> {
  await tx.verification.deleteMany({ where: { identifier: FIRST_START } });
}
