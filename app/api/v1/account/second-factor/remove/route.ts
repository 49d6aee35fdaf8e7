import { handle } from "#lib/server/handle.ts";
import { removeSecondFactor } from "#lib/server/services/account/second-factor.ts";

export const POST = handle(removeSecondFactor);
