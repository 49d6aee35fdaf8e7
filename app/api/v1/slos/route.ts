import { handle } from "#lib/server/handle.ts";
import { createSlo } from "#lib/server/services/slos/create.ts";
import { listSlos } from "#lib/server/services/slos/list.ts";

export const GET = handle(listSlos);
export const POST = handle(createSlo);
