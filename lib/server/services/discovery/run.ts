import "server-only";
import {
  declaredSightings,
  requestSightings,
  undeclaredSightings,
} from "#lib/domain/discovery/discovery-queries.ts";
import { readSightings } from "#lib/domain/discovery/read-sightings.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { queryPlane } from "#lib/server/query/plane.ts";
import type { QueryContext } from "#lib/server/query/types.ts";
import { recordDiscovered, type Recorded } from "#lib/server/services/catalogue/record-discovered.ts";
import { gather } from "#lib/server/services/cluster/gather.ts";

/**
 * Looks for services in the metrics and takes them into the catalogue. What an unanswered query would
 * have shown is simply not seen this time; throws when no query was answered.
 */
export async function runDiscovery(actor: Actor, { signal }: { signal: AbortSignal }): Promise<Recorded> {
  const context: QueryContext = { actor, signal };
  const ask = (expr: string) => queryPlane().instant(context, { expr });
  const { data, stale, asOf } = await gather({
    prometheus: { what: "services", read: ask(requestSightings("prometheus")) },
    opentelemetry: { what: "OpenTelemetry services", read: ask(requestSightings("opentelemetry")) },
    legacy: { what: "older OpenTelemetry services", read: ask(requestSightings("opentelemetry_legacy")) },
    declared: { what: "build information", read: ask(declaredSightings()) },
    undeclared: { what: "workloads", read: ask(undeclaredSightings()) },
  });
  if (stale || asOf === null) return { recorded: 0, refused: [] };
  const services = readSightings({
    requests: {
      prometheus: data.prometheus ?? [],
      opentelemetry: data.opentelemetry ?? [],
      opentelemetry_legacy: data.legacy ?? [],
    },
    declared: data.declared ?? [],
    undeclared: data.undeclared ?? [],
  });
  return recordDiscovered(actor, services, new Date(asOf));
}
