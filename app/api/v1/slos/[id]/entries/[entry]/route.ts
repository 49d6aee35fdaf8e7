import { handle } from "#lib/server/handle.ts";
import { withdrawEntry } from "#lib/server/services/slos/entries/withdraw.ts";

export const DELETE = handle(withdrawEntry);
