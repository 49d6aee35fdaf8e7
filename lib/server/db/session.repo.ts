import "server-only";
import type { Transaction } from "./client.ts";

/** A session that runs; what proves it stays in the database. */
export interface SessionRecord {
  id: string;
  createdAt: Date;
  /** Moved on while the session is in use. */
  updatedAt: Date;
  expiresAt: Date;
  ipAddress: string | null;
  userAgent: string | null;
}

const SHOWN = {
  id: true,
  createdAt: true,
  updatedAt: true,
  expiresAt: true,
  ipAddress: true,
  userAgent: true,
} as const;

/** Somebody's sessions that have not expired, the one used last first. */
export function findSessions(tx: Transaction, personId: string, now: Date): Promise<SessionRecord[]> {
  return tx.session.findMany({
    where: { userId: personId, expiresAt: { gt: now } },
    orderBy: [{ updatedAt: "desc" }, { id: "asc" }],
    select: SHOWN,
  });
}

/** Ends all of somebody's sessions; answers how many there were. */
export async function deleteSessions(tx: Transaction, personId: string): Promise<number> {
  const { count } = await tx.session.deleteMany({ where: { userId: personId } });
  return count;
}
