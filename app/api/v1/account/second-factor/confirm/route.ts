import { handle } from "#lib/server/handle.ts";
import { confirmSecondFactor } from "#lib/server/services/account/second-factor.ts";

export const POST = handle(confirmSecondFactor);
