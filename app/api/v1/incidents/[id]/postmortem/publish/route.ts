import { handle } from "#lib/server/handle.ts";
import { publishPostmortem } from "#lib/server/services/postmortems/publish.ts";

export const POST = handle(publishPostmortem);
