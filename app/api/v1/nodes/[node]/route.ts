import { handle } from "#lib/server/handle.ts";
import { getNode } from "#lib/server/services/nodes/get.ts";

export const GET = handle(getNode);
