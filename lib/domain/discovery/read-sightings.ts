import { METRIC_PRESETS, type MetricPresetName } from "#lib/domain/signals/presets.ts";
import type { ServiceProfile } from "#lib/domain/signals/assess-service.ts";
import type { Sample } from "#lib/domain/signals/sample.ts";
import { SERVICE_KINDS, TIERS } from "../catalogue/vocabulary.ts";
import { SIGHTING_LABEL } from "./discovery-queries.ts";

/** A service as the sources show it, all sightings put together. */
export interface SightedService {
  name: string;
  kind: ServiceProfile["kind"];
  namespace: string | null;
  nodes: string[];
  metricPreset: MetricPresetName;
  tier: ServiceProfile["tier"];
  team: string | null;
  dependencies: string[];
}

type Labels = Sample["labels"];

interface Sighting {
  name: string | undefined;
  labels: Labels;
  node: string | undefined;
  preset?: MetricPresetName;
  isBatch?: boolean;
}

/**
 * Services in answers of `requestSightings` by preset, `declaredSightings` and `undeclaredSightings`,
 * by name. Scrape jobs count only where there is not even a workload. What labels say of tier, kind,
 * team and dependencies is taken where it makes sense and left out where it does not.
 */
export function readSightings(answers: {
  requests: Partial<Record<MetricPresetName, readonly Sample[]>>;
  declared: readonly Sample[];
  undeclared: readonly Sample[];
}): SightedService[] {
  const requests = Object.entries(answers.requests).flatMap(([preset, samples]) =>
    samples.map(({ labels }) => requestSighting(preset as MetricPresetName, labels)),
  );
  const declared = answers.declared.map(({ labels }): Sighting => {
    const isBatch = labels[SIGHTING_LABEL] === "batch";
    return { name: labels.service, labels, node: labels.node, isBatch };
  });
  const found = combine([...requests, ...declared]);
  return found.length > 0 ? found : combine(undeclared(answers.undeclared));
}

function requestSighting(preset: MetricPresetName, labels: Labels): Sighting {
  const { serviceLabel, nodeLabel } = METRIC_PRESETS[preset];
  return { name: labels[serviceLabel], labels, node: labels[nodeLabel], preset };
}

function undeclared(samples: readonly Sample[]): Sighting[] {
  const workloads = samples.filter(({ labels }) => labels[SIGHTING_LABEL] !== "job");
  const shown = workloads.length > 0 ? workloads : samples;
  return shown.map(({ labels }) => ({ name: labels.workload ?? labels.job, labels, node: undefined }));
}

function combine(sightings: readonly Sighting[]): SightedService[] {
  const byName = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    if (!sighting.name) continue;
    byName.set(sighting.name, [...(byName.get(sighting.name) ?? []), sighting]);
  }
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, own]) => describe(name, own));
}

function describe(name: string, sightings: readonly Sighting[]): SightedService {
  const first = <T>(read: (sighting: Sighting) => T | null | undefined): T | null => {
    for (const sighting of sightings) {
      const value = read(sighting);
      if (value) return value;
    }
    return null;
  };
  const distinct = (names: readonly (string | undefined)[]) =>
    [...new Set(names.filter((one): one is string => Boolean(one)))].sort();
  const dependencies = sightings.flatMap(({ labels }) => (labels.dependencies ?? "").split(","));
  return {
    name,
    kind: first(({ labels }) => SERVICE_KINDS.find((kind) => kind === labels.kind)) ?? usualKind(sightings),
    namespace: first(({ labels }) => labels.namespace || labels.k8s_namespace_name),
    nodes: distinct(sightings.map(({ node }) => node)),
    metricPreset: first(({ preset }) => preset) ?? "prometheus",
    tier: first(({ labels }) => tierOf(labels.tier)),
    team: first(({ labels }) => labels.team),
    dependencies: distinct(dependencies.map((one) => one.trim())),
  };
}

/** Without a word on its kind, a service with batch metrics and no requests is a batch service. */
function usualKind(sightings: readonly Sighting[]): SightedService["kind"] {
  const answers = sightings.some(({ preset }) => preset !== undefined);
  return !answers && sightings.some(({ isBatch }) => isBatch) ? "batch" : "api";
}

function tierOf(label: string | undefined): ServiceProfile["tier"] {
  const written = label?.toLowerCase().replace(/[\s-]+/g, "_");
  return TIERS.find((tier) => tier === written) ?? null;
}
