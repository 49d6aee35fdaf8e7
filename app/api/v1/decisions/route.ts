import { handle } from "#lib/server/handle.ts";
import { listDecisions } from "#lib/server/services/decisions/list.ts";

export const GET = handle(listDecisions);
