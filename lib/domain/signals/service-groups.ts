import { metricNames, METRIC_PRESETS, type MetricNames, type MetricPresetName } from "./presets.ts";

/** What is known of where a service's figures are found. */
export interface MetricProfile {
  name: string;
  metricPreset: MetricPresetName;
  metricOverrides: { [K in keyof MetricNames]?: MetricNames[K] | undefined };
}

/** Services whose figures one query can fetch. `only` null means no filter: all services of the metric. */
export interface ServiceGroup {
  names: MetricNames;
  services: readonly string[];
  only: readonly string[] | null;
}

const keyOf = (names: MetricNames): string => JSON.stringify(Object.entries(names).sort());
const PRESET_KEYS = new Set(Object.values(METRIC_PRESETS).map(keyOf));

/** Of more services than these all are asked for: their names would make a query longer than a source takes. */
const MOST_NAMED = 100;

/** The names in force for one service. */
export function namesOf(service: MetricProfile): MetricNames {
  const own = Object.entries(service.metricOverrides).filter(([, name]) => name !== undefined);
  return metricNames(service.metricPreset, Object.fromEntries(own) as Partial<MetricNames>);
}

/**
 * Services that share metric names share queries, so a list costs the same for 10 services or 1,000.
 * `all` asks for every service of a preset's metric; `listed` filters by name, for a few of many (up to 100).
 */
export function serviceGroups(services: readonly MetricProfile[], scope: "all" | "listed"): ServiceGroup[] {
  const groups = new Map<string, { names: MetricNames; services: string[] }>();
  for (const service of services) {
    const names = namesOf(service);
    const key = keyOf(names);
    const group = groups.get(key);
    if (group) group.services.push(service.name);
    else groups.set(key, { names, services: [service.name] });
  }
  return [...groups].map(([key, { names, services: members }]) => ({
    names,
    services: members,
    only: (scope === "all" && PRESET_KEYS.has(key)) || members.length > MOST_NAMED ? null : members,
  }));
}
