import { handle } from "#lib/server/handle.ts";
import { verifyDecisions } from "#lib/server/services/decisions/verify.ts";

export const GET = handle(verifyDecisions);
