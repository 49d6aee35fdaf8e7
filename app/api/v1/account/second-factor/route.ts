import { handle } from "#lib/server/handle.ts";
import { startSecondFactor } from "#lib/server/services/account/second-factor.ts";

export const POST = handle(startSecondFactor);
