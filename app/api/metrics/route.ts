import { metricsRegistry } from "#lib/server/query/metrics.ts";

export async function GET(): Promise<Response> {
  const registry = metricsRegistry();
  return new Response(await registry.metrics(), { headers: { "content-type": registry.contentType } });
}
