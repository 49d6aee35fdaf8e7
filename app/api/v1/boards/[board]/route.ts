import { handle } from "#lib/server/handle.ts";
import { deleteBoard } from "#lib/server/services/boards/delete.ts";
import { patchBoard } from "#lib/server/services/boards/patch.ts";
import { getBoard } from "#lib/server/services/boards/read.ts";

export const GET = handle(getBoard);
export const PATCH = handle(patchBoard);
export const DELETE = handle(deleteBoard);
