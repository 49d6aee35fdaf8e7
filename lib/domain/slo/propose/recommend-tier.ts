import type { ServiceTier } from "#lib/domain/signals/limits.ts";

/** A service as the catalogue knows it. */
export interface CatalogueFacts {
  name: string;
  /** What people or labels say; null when nobody said. */
  tier: ServiceTier | null;
  dependencies: readonly string[];
}

export interface TierAdvice {
  tier: ServiceTier;
  /** Why, in plain words, the strongest reason first. */
  rationale: string[];
}

/** Highest first. */
const BY_RANK: readonly ServiceTier[] = ["critical", "essential", "standard", "best_effort"];
/** So many services that depend on one, directly or through others, make it at least this. */
const BY_DEPENDENTS: readonly { count: number; tier: ServiceTier }[] = [
  { count: 6, tier: "critical" },
  { count: 3, tier: "essential" },
];
const UNSAID: ServiceTier = "standard";

export const WORD_OF_TIER: Record<ServiceTier, string> = {
  critical: "critical",
  essential: "essential",
  standard: "standard",
  best_effort: "best effort",
};

const rank = (tier: ServiceTier): number => BY_RANK.indexOf(tier);

interface Dependent {
  service: CatalogueFacts;
  /** The service between, where it does not depend itself; null when it does. */
  through: string | null;
}

/** Every service that depends on one, directly or through others, the nearest first; rings are walked once. */
export function dependentsOf(name: string, services: readonly CatalogueFacts[]): Dependent[] {
  const found = new Map<string, Dependent>();
  let edge = [name];
  while (edge.length > 0) {
    const callers = edge.flatMap((one) =>
      services
        .filter((service) => service.dependencies.includes(one))
        .filter((service) => service.name !== name && !found.has(service.name))
        .map((service) => ({ service, through: one === name ? null : one })),
    );
    for (const caller of callers) if (!found.has(caller.service.name)) found.set(caller.service.name, caller);
    edge = [...new Set(callers.map(({ service }) => service.name))];
  }
  return [...found.values()];
}

interface Claim {
  tier: ServiceTier;
  reason: string;
}

function claimsOf(dependents: readonly Dependent[]): Claim[] {
  const claims: Claim[] = dependents.flatMap(({ service, through }) =>
    service.tier === null
      ? []
      : [
          {
            tier: service.tier,
            reason: `${service.name} is ${WORD_OF_TIER[service.tier]} and depends on it${through === null ? "" : ` through ${through}`}.`,
          },
        ],
  );
  const direct = dependents.filter(({ through }) => through === null).length;
  const level = BY_DEPENDENTS.find(({ count }) => dependents.length >= count);
  if (level) {
    const reason = `${dependents.length} services depend on it, ${direct} of them directly.`;
    claims.push({ tier: level.tier, reason });
  }
  return claims.sort((a, b) => rank(a.tier) - rank(b.tier));
}

/**
 * The tier that a service deserves: the one it was given, raised to that of whatever depends on it, and by how much
 * does. It is never lowered: who gave it a tier knows more than the graph.
 */
export function recommendTier(service: CatalogueFacts, services: readonly CatalogueFacts[]): TierAdvice {
  const given = service.tier ?? UNSAID;
  const basis =
    service.tier === null
      ? `Nobody gave it a tier; without another reason it is ${WORD_OF_TIER[given]}.`
      : `It is ${WORD_OF_TIER[given]} in the catalogue.`;
  const dependents = dependentsOf(service.name, services);
  const [strongest, ...others] = claimsOf(dependents);
  if (!strongest || rank(strongest.tier) >= rank(given)) return { tier: given, rationale: [basis] };
  const equal = others.filter(({ tier }) => tier === strongest.tier).map(({ reason }) => reason);
  return { tier: strongest.tier, rationale: [strongest.reason, ...equal.slice(0, 2), basis] };
}
