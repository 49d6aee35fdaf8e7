import { handle } from "#lib/server/handle.ts";
import { readMetrics } from "#lib/server/services/operations/metrics.ts";

export const GET = handle(readMetrics);
