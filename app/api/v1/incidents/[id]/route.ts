import { handle } from "#lib/server/handle.ts";
import { getIncident } from "#lib/server/services/incidents/get.ts";
import { patchIncident } from "#lib/server/services/incidents/patch.ts";

export const GET = handle(getIncident);
export const PATCH = handle(patchIncident);
