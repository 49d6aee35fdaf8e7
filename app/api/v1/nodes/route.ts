import { handle } from "#lib/server/handle.ts";
import { listNodes } from "#lib/server/services/nodes/list.ts";

export const GET = handle(listNodes);
