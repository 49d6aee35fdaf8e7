import { handle } from "#lib/server/handle.ts";
import { exportIncidentMetrics } from "#lib/server/services/incident-metrics/export.ts";

export const GET = handle(exportIncidentMetrics);
