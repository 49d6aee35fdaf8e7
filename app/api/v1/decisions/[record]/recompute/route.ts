import { handle } from "#lib/server/handle.ts";
import { recomputeDecision } from "#lib/server/services/decisions/recompute.ts";

export const GET = handle(recomputeDecision);
