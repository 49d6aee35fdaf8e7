import type { ServiceHealth, Tier } from "#lib/contracts/cluster.ts";
import type { Status } from "#lib/domain/status/status.ts";

/** What the list of services is narrowed to; null does not narrow. */
export interface ServiceFilter {
  q: string;
  tier: Tier | null;
  status: Status | null;
  node: string | null;
}

/** Services whose name, team, namespace or node contains every word of `q` and that match the rest of the filter. */
export function filterServices(services: readonly ServiceHealth[], filter: ServiceFilter): ServiceHealth[] {
  const words = filter.q.toLowerCase().split(/\s+/).filter(Boolean);
  return services.filter((service) => {
    const text = [service.name, service.team, service.namespace, ...service.nodes].join(" ").toLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      (filter.tier === null || service.tier === filter.tier) &&
      (filter.status === null || service.status === filter.status) &&
      (filter.node === null || service.nodes.includes(filter.node))
    );
  });
}
