import "server-only";
import type { Transaction } from "./client.ts";

interface Place {
  actorId: string;
  key: string;
}

/** What is known of a key: which request it was for, and its answer once there is one. */
export interface KeptRequest {
  request: string;
  answer: string | null;
}

/** Takes a key for a request. @returns null when it is ours now, else what it was taken for before */
export async function takeKey(
  tx: Transaction,
  { actorId, key }: Place,
  request: string,
): Promise<KeptRequest | null> {
  const { count } = await tx.idempotencyKey.createMany({
    data: [{ actorId, key, request }],
    skipDuplicates: true,
  });
  if (count === 1) return null;
  return tx.idempotencyKey.findUnique({
    where: { actorId_key: { actorId, key } },
    select: { request: true, answer: true },
  });
}

/** Keeps the answer of a key's request. */
export async function keepAnswer(tx: Transaction, { actorId, key }: Place, answer: string): Promise<void> {
  await tx.idempotencyKey.updateMany({ where: { actorId, key }, data: { answer } });
}

/** Gives a key back: its request did nothing. */
export async function giveBackKey(tx: Transaction, { actorId, key }: Place): Promise<void> {
  await tx.idempotencyKey.deleteMany({ where: { actorId, key, answer: null } });
}

/** Forgets keys from before an instant. */
export async function forgetKeys(tx: Transaction, before: Date): Promise<void> {
  await tx.idempotencyKey.deleteMany({ where: { createdAt: { lt: before } } });
}
