import { handle } from "#lib/server/handle.ts";
import { approveEntry } from "#lib/server/services/slos/entries/approve.ts";

export const POST = handle(approveEntry);
