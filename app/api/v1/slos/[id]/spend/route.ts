import { handle } from "#lib/server/handle.ts";
import { getSpend } from "#lib/server/services/slos/spend.ts";

export const GET = handle(getSpend);
