import { handle } from "#lib/server/handle.ts";
import { getPostmortem } from "#lib/server/services/postmortems/get.ts";
import { savePostmortem } from "#lib/server/services/postmortems/save.ts";

export const GET = handle(getPostmortem);
export const PUT = handle(savePostmortem);
