import { handle } from "#lib/server/handle.ts";
import { listRunbooks } from "#lib/server/services/runbooks/read.ts";
import { createRunbook } from "#lib/server/services/runbooks/save.ts";

export const GET = handle(listRunbooks);
export const POST = handle(createRunbook);
