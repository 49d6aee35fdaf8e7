import "server-only";
import type { Transaction } from "./client.ts";

/** Key of PostgreSQL's advisory lock for who brings SLOs in line with the folder. */
const FOLDER_LOCK = 7_204_002;

/** Waits until no other replica applies the folder, until the transaction ends. */
export async function lockFolder(tx: Transaction): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${FOLDER_LOCK}::bigint)`;
}

/** From now on the folder looks after the SLO; a draft that people made of it is gone. @returns its revision then */
export async function adoptSlo(tx: Transaction, id: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ revision: number }[]>`
    update slos set source = 'file', draft = null, draft_by = null, revision = revision + 1 where id = ${id}
    returning revision`;
  if (!row) throw new Error(`the SLO ${id} is gone`);
  return row.revision;
}
