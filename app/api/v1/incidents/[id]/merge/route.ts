import { handle } from "#lib/server/handle.ts";
import { mergeIncident } from "#lib/server/services/incidents/merge.ts";

export const POST = handle(mergeIncident);
