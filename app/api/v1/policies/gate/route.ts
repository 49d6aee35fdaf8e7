import { handle } from "#lib/server/handle.ts";
import { getGatePolicy } from "#lib/server/services/gate-policy/show.ts";

export const GET = handle(getGatePolicy);
