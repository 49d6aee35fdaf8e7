import "server-only";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { metricsRegistry } from "#lib/server/query/metrics.ts";

/** Burnline's own metrics in Prometheus' text format. */
export async function readMetrics(actor: Actor): Promise<Response> {
  authorize(actor, "operations:read");
  const registry = metricsRegistry();
  return new Response(await registry.metrics(), { headers: { "content-type": registry.contentType } });
}
