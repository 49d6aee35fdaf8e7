import "server-only";
import { BoardDocument } from "#lib/contracts/boards.ts";
import type { Transaction } from "./client.ts";
import type { Board } from "./generated/client.ts";

/** A board as it is kept. */
export interface BoardRecord extends Omit<Board, "document" | "nameKey"> {
  document: BoardDocument;
}

/** A board in a list: its panels are counted, not read. */
export type BoardRow = Pick<Board, "id" | "name" | "description" | "version" | "updatedAt" | "updatedBy"> & {
  panels: number;
};

/** Any fixed number: whoever gives a board a name holds the lock until the end. */
const NAMES_LOCK = 727_701;

const keyOf = (name: string) => name.normalize("NFKC").toLowerCase();

const toRecord = ({ document, nameKey: _, ...row }: Board): BoardRecord => ({
  ...row,
  document: BoardDocument.parse(document),
});

/** Boards by name, those alone whose name or description holds `q`; `limit` of them at most. */
export async function findBoards(tx: Transaction, q: string, limit: number): Promise<BoardRow[]> {
  const wanted = keyOf(q);
  return tx.$queryRaw<BoardRow[]>`
    select id, name, description, version, updated_at as "updatedAt", updated_by as "updatedBy",
      jsonb_array_length(document -> 'panels') as panels
    from boards
    where position(${wanted} in name_key || ' ' || lower(coalesce(description, ''))) > 0
    order by name_key, id
    limit ${limit}`;
}

export async function findBoard(tx: Transaction, id: string): Promise<BoardRecord | null> {
  const row = await tx.board.findUnique({ where: { id } });
  return row && toRecord(row);
}

/** One board, locked until the transaction ends. */
export async function lockBoard(tx: Transaction, id: string): Promise<BoardRecord | null> {
  await tx.$executeRaw`select 1 from boards where id = ${id} for update`;
  return findBoard(tx, id);
}

/** The board that has a name, whatever its case; nobody else can give it until the transaction ends. */
export async function claimBoardName(tx: Transaction, name: string): Promise<{ id: string } | null> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${NAMES_LOCK}::bigint)`;
  return tx.board.findUnique({ where: { nameKey: keyOf(name) }, select: { id: true } });
}

type BoardText = Pick<BoardRecord, "name" | "description" | "document">;

export async function createBoard(
  tx: Transaction,
  { id, actorId, ...text }: BoardText & { id: string; actorId: string },
): Promise<BoardRecord> {
  const by = { createdBy: actorId, updatedBy: actorId };
  return toRecord(await tx.board.create({ data: { id, ...text, nameKey: keyOf(text.name), ...by } }));
}

/** Changes a board and counts the change. */
export async function changeBoard(
  tx: Transaction,
  { id, actorId, at, ...text }: BoardText & { id: string; actorId: string; at: Date },
): Promise<BoardRecord> {
  const change = { updatedBy: actorId, updatedAt: at, version: { increment: 1 } };
  const data = { ...text, nameKey: keyOf(text.name), ...change };
  return toRecord(await tx.board.update({ where: { id }, data }));
}

export async function removeBoard(tx: Transaction, id: string): Promise<void> {
  await tx.board.delete({ where: { id } });
}
