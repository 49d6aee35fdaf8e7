import "server-only";
import { type BoardList, ListBoards, OneBoard } from "#lib/contracts/board-routes.ts";
import type { Board } from "#lib/contracts/boards.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { findBoards } from "#lib/server/db/board.repo.ts";
import { read } from "#lib/server/db/client.ts";
import { parseInput } from "#lib/server/errors.ts";
import { requireBoard, toBoard, toSummaries } from "./to-board.ts";

const MAX_LISTED = 200;

/** Boards by name. */
export async function listBoards(actor: Actor, input: unknown): Promise<BoardList> {
  authorize(actor, "boards:read");
  const { q = "" } = parseInput(ListBoards, input);
  return read(async (tx) => {
    const rows = await findBoards(tx, q.trim(), MAX_LISTED + 1);
    return {
      boards: await toSummaries(tx, rows.slice(0, MAX_LISTED)),
      more: rows.length > MAX_LISTED,
    };
  });
}

/** A board with its panels. @throws `not_found` */
export async function getBoard(actor: Actor, input: unknown): Promise<{ board: Board }> {
  authorize(actor, "boards:read");
  const { board } = parseInput(OneBoard, input);
  return read(async (tx) => ({ board: await toBoard(tx, await requireBoard(tx, board)) }));
}
