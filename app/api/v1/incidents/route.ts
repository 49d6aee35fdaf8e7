import { handle } from "#lib/server/handle.ts";
import { openIncident } from "#lib/server/services/incidents/create.ts";
import { listIncidents } from "#lib/server/services/incidents/list.ts";

export const GET = handle(listIncidents);
export const POST = handle(openIncident);
