import { handle } from "#lib/server/handle.ts";
import { getIncidentMetrics } from "#lib/server/services/incident-metrics/get.ts";

export const GET = handle(getIncidentMetrics);
