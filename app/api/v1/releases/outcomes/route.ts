import { handle } from "#lib/server/handle.ts";
import { getGateRecord } from "#lib/server/services/releases/outcomes.ts";

export const GET = handle(getGateRecord);
