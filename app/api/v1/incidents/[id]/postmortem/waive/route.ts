import { handle } from "#lib/server/handle.ts";
import { waivePostmortem } from "#lib/server/services/postmortems/waive.ts";

export const POST = handle(waivePostmortem);
