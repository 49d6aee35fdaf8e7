import "server-only";
import { ListServices } from "#lib/contracts/api.ts";
import type { ServiceHealth } from "#lib/contracts/cluster.ts";
import type { Measured } from "#lib/contracts/measured.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { parseInput } from "#lib/server/errors.ts";
import { listCatalogue } from "#lib/server/services/catalogue/list.ts";
import { mapMeasured } from "#lib/server/services/cluster/gather.ts";
import { measureServices } from "./measure-services.ts";

/** Services with their golden signals, worst first; `q` looks into name, team and namespace. */
export async function listServices(
  actor: Actor,
  input: unknown,
  { signal }: { signal: AbortSignal },
): Promise<Measured<{ services: ServiceHealth[] }>> {
  authorize(actor, "measurements:read");
  const wanted = parseInput(ListServices, input);
  const catalogue = await listCatalogue(actor);
  const request = { catalogue, scope: "all", nowMs: Date.now() } as const;
  const measured = await measureServices({ actor, signal }, request);
  return mapMeasured(measured, (services) => ({ services: services.filter((one) => isWanted(one, wanted)) }));
}

function isWanted(service: ServiceHealth, { q, node, status, tier }: ListServices): boolean {
  const text = [service.name, service.team, service.namespace].join(" ").toLowerCase();
  return (
    (q === undefined || text.includes(q.toLowerCase())) &&
    (node === undefined || service.nodes.includes(node)) &&
    (status === undefined || service.status === status) &&
    (tier === undefined || service.tier === tier)
  );
}
