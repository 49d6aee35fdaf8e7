import { type MetricsFilter, metricsQueryText } from "#lib/client/incident-metrics.queries.ts";
import { getIncidentMetrics } from "#lib/server/services/incident-metrics/get.ts";
import { pageActor } from "../../page-actor.ts";

/** The metrics for the first paint; what cannot be read now the browser asks for itself, and says why. */
export async function readMetrics(filter: MetricsFilter) {
  const actor = await pageActor();
  const query = Object.fromEntries(new URLSearchParams(metricsQueryText(filter, Date.now())));
  const answer = await getIncidentMetrics(actor, query).catch(() => undefined);
  return answer && { filter, metrics: answer.metrics };
}
