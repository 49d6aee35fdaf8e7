import { handle } from "#lib/server/handle.ts";
import { exportBoard } from "#lib/server/services/boards/export.ts";

export const GET = handle(exportBoard);
