import "server-only";
import type { Board, BoardSummary } from "#lib/contracts/boards.ts";
import { type BoardRecord, type BoardRow, findBoard } from "#lib/server/db/board.repo.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findPersonNames } from "#lib/server/db/person.repo.ts";
import { AppError } from "#lib/server/errors.ts";

const personOf = (id: string, names: ReadonlyMap<string, string>) => ({ id, name: names.get(id) ?? null });

/** A board as the wire has it. */
export async function toBoard(tx: Transaction, record: BoardRecord): Promise<Board> {
  const { document, createdAt, createdBy, updatedAt, updatedBy, ...rest } = record;
  const names = await findPersonNames(tx, [createdBy, updatedBy]);
  return {
    ...rest,
    ...document,
    createdAt: createdAt.toISOString(),
    createdBy: personOf(createdBy, names),
    updatedAt: updatedAt.toISOString(),
    updatedBy: personOf(updatedBy, names),
  };
}

/** Rows of a list as the wire has them. */
export async function toSummaries(tx: Transaction, rows: readonly BoardRow[]): Promise<BoardSummary[]> {
  const names = await findPersonNames(
    tx,
    rows.map(({ updatedBy }) => updatedBy),
  );
  return rows.map(({ updatedAt, updatedBy, ...row }) => ({
    ...row,
    updatedAt: updatedAt.toISOString(),
    updatedBy: personOf(updatedBy, names),
  }));
}

/** One board, as `find` finds it. @throws `not_found` */
export async function requireBoard(tx: Transaction, id: string, find = findBoard): Promise<BoardRecord> {
  const board = await find(tx, id);
  if (board) return board;
  throw new AppError("not_found", `there is no board with the id ${id}`);
}
