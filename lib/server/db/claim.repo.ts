import "server-only";
import { createHash } from "node:crypto";
import type { Transaction } from "./client.ts";

const CLAIM = "claim";

/**
 * True for whoever names `key` first, false for everybody after, on any replica, until `lifeMs` have passed.
 * Of the key only a hash is kept.
 */
export async function claimOnce(tx: Transaction, key: string, lifeMs: number): Promise<boolean> {
  const id = `${CLAIM}-${createHash("sha256").update(key).digest("hex")}`;
  const now = Date.now();
  await tx.verification.deleteMany({ where: { identifier: CLAIM, expiresAt: { lte: new Date(now) } } });
  const { count } = await tx.verification.createMany({
    data: [{ id, identifier: CLAIM, value: "", expiresAt: new Date(now + lifeMs) }],
    skipDuplicates: true,
  });
  return count === 1;
}
