import "server-only";
import { FreezeDocument } from "#lib/contracts/freezes.ts";
import type { Transaction } from "./client.ts";
import type { FreezeWindow, Prisma } from "./generated/client.ts";

export interface FreezeRecord extends Omit<FreezeWindow, "document"> {
  document: FreezeDocument;
}

const toRecord = (row: FreezeWindow): FreezeRecord => ({
  ...row,
  document: FreezeDocument.parse(row.document),
});

/** Freezes that nobody cancelled, oldest first. */
export async function findFreezes(tx: Transaction): Promise<FreezeRecord[]> {
  const rows = await tx.freezeWindow.findMany({
    where: { cancelledAt: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map(toRecord);
}

/** Freezes that were not cancelled before an instant, oldest first. */
export async function findFreezesSince(tx: Transaction, since: Date): Promise<FreezeRecord[]> {
  const rows = await tx.freezeWindow.findMany({
    where: { OR: [{ cancelledAt: null }, { cancelledAt: { gte: since } }] },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map(toRecord);
}

export async function findFreeze(tx: Transaction, id: string): Promise<FreezeRecord | null> {
  const row = await tx.freezeWindow.findUnique({ where: { id } });
  return row && toRecord(row);
}

export async function createFreeze(
  tx: Transaction,
  { document, ...freeze }: Pick<FreezeRecord, "id" | "name" | "reason" | "document" | "createdBy">,
): Promise<FreezeRecord> {
  const data = { ...freeze, document: document as unknown as Prisma.InputJsonObject };
  return toRecord(await tx.freezeWindow.create({ data }));
}

/** Ends a freeze for good. @returns null when it is not there, or was cancelled already */
export async function cancelFreeze(tx: Transaction, id: string, by: string): Promise<FreezeRecord | null> {
  const { count } = await tx.freezeWindow.updateMany({
    where: { id, cancelledAt: null },
    data: { cancelledAt: new Date(), cancelledBy: by },
  });
  return count === 0 ? null : toRecord(await tx.freezeWindow.findUniqueOrThrow({ where: { id } }));
}
