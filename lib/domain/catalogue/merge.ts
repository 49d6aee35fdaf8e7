/** What a sighting of a service has at least; the rest is taken from its first sighting. */
interface Sighting {
  name: string;
  namespace: string | null;
  tier: string | null;
  team: string | null;
  nodes: string[];
  dependencies: string[];
}

function given<T extends object>(values: Partial<T>): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

/**
 * The values in force for a service: what a person set, else what discovery saw, else the default. A
 * null or an empty list that a person set means "none" and hides what was seen.
 */
export function valuesInForce<T extends object>(defaults: T, discovered: Partial<T>, edits: Partial<T>): T {
  return { ...defaults, ...given(discovered), ...given(edits) };
}

/** Earlier edits with a new one on top: fields it does not name stay, those it names are replaced whole. */
export function mergeEdits<T extends object>(edits: Partial<T>, patch: Partial<T>): Partial<T> {
  const merged = Object.entries({ ...edits, ...given(patch) });
  return Object.fromEntries(
    merged.map(([field, value]) => [field, Array.isArray(value) ? distinct(value) : value]),
  ) as Partial<T>;
}

function combine<T extends Sighting>(first: T, second: T): T {
  return {
    ...first,
    namespace: first.namespace ?? second.namespace,
    tier: first.tier ?? second.tier,
    team: first.team ?? second.team,
    nodes: distinct([...first.nodes, ...second.nodes]),
    dependencies: distinct([...first.dependencies, ...second.dependencies]),
  };
}

/**
 * One sighting per service name, in order of first appearance: several sources may see a service, each
 * a part of it. Lists are united; of single facts the first that is known counts.
 */
export function mergeSightings<T extends Sighting>(sightings: readonly T[]): T[] {
  const byName = new Map<string, T>();
  for (const sighting of sightings) {
    const earlier = byName.get(sighting.name);
    byName.set(sighting.name, combine(earlier ?? sighting, sighting));
  }
  return [...byName.values()].map((merged) => ({
    ...merged,
    dependencies: merged.dependencies.filter((dependency) => dependency !== merged.name),
  }));
}
