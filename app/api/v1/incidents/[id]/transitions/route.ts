import { handle } from "#lib/server/handle.ts";
import { transitIncident } from "#lib/server/services/incidents/transit.ts";

export const POST = handle(transitIncident);
