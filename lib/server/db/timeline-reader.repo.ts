import "server-only";
import type { Transaction } from "./client.ts";

/** How far a reader has come; the row stays locked until the transaction ends, so that one replica reads at a time. */
export async function lockReader(tx: Transaction, name: string): Promise<bigint> {
  await tx.$executeRaw`insert into timeline_readers (name, seq) values (${name}, 0) on conflict do nothing`;
  const [row] = await tx.$queryRaw<{ seq: bigint }[]>`
    select seq from timeline_readers where name = ${name} for update`;
  return row?.seq ?? 0n;
}

/** How far a reader has come by now; null for one that never was. */
export async function findReader(tx: Transaction, name: string): Promise<bigint | null> {
  return (await tx.timelineReader.findUnique({ where: { name } }))?.seq ?? null;
}

/** Moves a reader on: what it wrote of the facts up to here is kept in the same transaction. */
export async function moveReader(tx: Transaction, name: string, seq: bigint): Promise<void> {
  await tx.timelineReader.update({ where: { name }, data: { seq } });
}
