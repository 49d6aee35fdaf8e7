import { handle } from "#lib/server/handle.ts";
import { getDora } from "#lib/server/services/releases/dora.ts";

export const GET = handle(getDora);
