import "server-only";
import type { Transaction } from "./client.ts";

/** Something that waits to be taken in. */
export interface WaitingDelivery {
  id: bigint;
  source: string;
  receivedAt: Date;
  body: string;
}

/** Keeps a delivery as it came. */
export async function keepDelivery(tx: Transaction, source: string, body: string): Promise<void> {
  // PostgreSQL's text holds no NUL, and neither does JSON.
  await tx.alertDelivery.create({ data: { source, body: body.replaceAll("\0", "\uFFFD") } });
}

/** The oldest deliveries that wait. */
export function findWaiting(tx: Transaction, take: number): Promise<WaitingDelivery[]> {
  return tx.alertDelivery.findMany({
    where: { processedAt: null },
    orderBy: { id: "asc" },
    take,
    select: { id: true, source: true, receivedAt: true, body: true },
  });
}

/** Marks deliveries as taken in. */
export async function markTakenIn(tx: Transaction, ids: readonly bigint[], at: Date): Promise<void> {
  await tx.alertDelivery.updateMany({ where: { id: { in: [...ids] } }, data: { processedAt: at } });
}

/** Marks a delivery as taken in but for what `problem` says. */
export async function quarantine(tx: Transaction, id: bigint, at: Date, problem: string): Promise<void> {
  await tx.alertDelivery.update({ where: { id }, data: { processedAt: at, problem } });
}

/** Forgets deliveries that were taken in whole before an instant; what is quarantined stays. */
export async function forgetDeliveries(tx: Transaction, before: Date): Promise<void> {
  await tx.alertDelivery.deleteMany({ where: { processedAt: { lt: before }, problem: null } });
}
