import { handle } from "#lib/server/handle.ts";
import { getDecision } from "#lib/server/services/decisions/get.ts";

export const GET = handle(getDecision);
