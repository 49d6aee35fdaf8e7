import { handle } from "#lib/server/handle.ts";
import { addEntry } from "#lib/server/services/slos/entries/add.ts";
import { listEntries } from "#lib/server/services/slos/entries/list.ts";

export const GET = handle(listEntries);
export const POST = handle(addEntry);
