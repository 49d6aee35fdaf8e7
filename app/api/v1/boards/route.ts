import { handle } from "#lib/server/handle.ts";
import { makeBoard } from "#lib/server/services/boards/create.ts";
import { listBoards } from "#lib/server/services/boards/read.ts";

export const GET = handle(listBoards);
export const POST = handle(makeBoard);
