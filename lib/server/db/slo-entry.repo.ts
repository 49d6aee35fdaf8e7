import "server-only";
import { EntryFact } from "#lib/contracts/slo-entries.ts";
import type { Transaction } from "./client.ts";
import type { Prisma } from "./generated/client.ts";

/** Something people added to the ledger of an SLO. */
export interface EntryRecord {
  id: string;
  sloId: string;
  fact: EntryFact;
  actorId: string;
  at: Date;
  needsSecond: boolean;
  approvedBy: string | null;
  approvedAt: Date | null;
  withdrawnBy: string | null;
  withdrawnAt: Date | null;
}

/** All entries of an SLO, or of all SLOs, oldest first. */
export async function findEntries(tx: Transaction, sloId?: string): Promise<EntryRecord[]> {
  const rows = await tx.sloEntry.findMany({
    where: sloId ? { sloId } : {},
    orderBy: [{ at: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => ({ ...row, fact: EntryFact.parse(row.fact) }));
}

/** Whether an entry counts: agreed to where that is needed, and not withdrawn. */
export function isInForce({ needsSecond, approvedAt, withdrawnAt }: EntryRecord): boolean {
  return withdrawnAt === null && (!needsSecond || approvedAt !== null);
}

/** Appends an entry. */
export async function appendEntry(
  tx: Transaction,
  entry: Pick<EntryRecord, "id" | "sloId" | "fact" | "actorId" | "at" | "needsSecond">,
): Promise<void> {
  await tx.sloEntry.create({ data: { ...entry, fact: entry.fact as Prisma.InputJsonObject } });
}

/** Notes the second person of an entry. @returns false when it is agreed to already, withdrawn, or not there */
export async function approveEntry(tx: Transaction, id: string, by: string, at: Date): Promise<boolean> {
  const { count } = await tx.sloEntry.updateMany({
    where: { id, needsSecond: true, approvedAt: null, withdrawnAt: null },
    data: { approvedBy: by, approvedAt: at },
  });
  return count === 1;
}

/** Withdraws an entry. @returns false when it is withdrawn already, or not there */
export async function withdrawEntry(tx: Transaction, id: string, by: string, at: Date): Promise<boolean> {
  const { count } = await tx.sloEntry.updateMany({
    where: { id, withdrawnAt: null },
    data: { withdrawnBy: by, withdrawnAt: at },
  });
  return count === 1;
}
