import { handle } from "#lib/server/handle.ts";
import { withdrawRelease } from "#lib/server/services/releases/withdraw.ts";

export const POST = handle(withdrawRelease);
