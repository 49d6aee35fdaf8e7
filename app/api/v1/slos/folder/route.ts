import { handle } from "#lib/server/handle.ts";
import { readSloFolder } from "#lib/server/services/slos/import-folder-state.ts";

export const GET = handle(readSloFolder);
