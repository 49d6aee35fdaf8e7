import { handle } from "#lib/server/handle.ts";
import { getRunbook } from "#lib/server/services/runbooks/read.ts";
import { putRunbook } from "#lib/server/services/runbooks/save.ts";

export const GET = handle(getRunbook);
export const PUT = handle(putRunbook);
