import { handle } from "#lib/server/handle.ts";
import { declareFreeze } from "#lib/server/services/freezes/declare.ts";
import { listFreezes } from "#lib/server/services/freezes/list.ts";

export const GET = handle(listFreezes);
export const POST = handle(declareFreeze);
