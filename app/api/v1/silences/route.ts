import { handle } from "#lib/server/handle.ts";
import { createSilence } from "#lib/server/services/silences/create.ts";
import { listSilences } from "#lib/server/services/silences/list.ts";

export const GET = handle(listSilences);
export const POST = handle(createSilence);
