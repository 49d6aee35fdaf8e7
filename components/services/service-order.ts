import { TIERS, type ServiceHealth, type Tier } from "#lib/contracts/cluster.ts";
import { compareStatus, type Status } from "#lib/domain/status/status.ts";

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

/** The place of a tier, the most important first; services without one come last. */
function tierRank(tier: Tier | null): number {
  return tier === null ? TIERS.length : TIERS.indexOf(tier);
}

/** Services worst first, among equals the more important tier, then by name. */
export function worstFirst(services: readonly ServiceHealth[]): ServiceHealth[] {
  return [...services].sort(
    (a, b) =>
      compareStatus(a.status, b.status) ||
      tierRank(a.tier) - tierRank(b.tier) ||
      a.name.localeCompare(b.name),
  );
}
