import { type Sample, samplesBy } from "#lib/domain/signals/sample.ts";

/** A pod with what it does and what it uses; null where no source says. */
export interface Pod {
  namespace: string;
  pod: string;
  node: string | null;
  phase: string;
  ready: boolean | null;
  waitingReason: string | null;
  restartsLastDay: number | null;
  /** The app's name by its labels. */
  app: string | null;
  cpuCores: number | null;
  cpuLimitRatio: number | null;
  memoryBytes: number | null;
  memoryLimitRatio: number | null;
}

/** Pods of one namespace. Finished pods count in `phases` alone. */
export interface PodsOfNamespace {
  namespace: string;
  ready: number;
  total: number;
  phases: Record<string, number>;
  restartsLastDay: number | null;
  notReady: { pod: string; phase: string; reason: string | null }[];
}

const keyOf = ({ namespace, pod }: Sample["labels"]) => (pod ? `${namespace ?? ""}/${pod}` : null);

/** Every pod in answers of `podStates` and `podUsage`, by namespace and name. */
export function readPods(states: readonly Sample[], usage: readonly Sample[]): Pod[] {
  const pods = samplesBy([...states, ...usage], keyOf);
  return [...pods].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, own]) => readPod(own));
}

function readPod(samples: readonly Sample[]): Pod {
  const labels = (figure: string): Sample["labels"] =>
    samples.find((sample) => sample.labels.figure === figure)?.labels ?? {};
  const value = (figure: string) => samples.find((sample) => sample.labels.figure === figure)?.value ?? null;
  const { namespace = "", pod = "" } = samples[0]?.labels ?? {};
  const { phase = "Unknown" } = labels("phase");
  const ready = value("ready");
  return {
    namespace,
    pod,
    node: labels("info").node || null,
    phase,
    ready: ready === null ? null : ready === 1,
    waitingReason: labels("waiting").reason ?? null,
    restartsLastDay: value("restarts"),
    app: appOf(labels("app")),
    cpuCores: value("cpuCores"),
    cpuLimitRatio: value("cpu"),
    memoryBytes: value("memoryBytes"),
    memoryLimitRatio: value("memory"),
  };
}

function appOf({ label_app_kubernetes_io_name: recommended, label_app: common }: Sample["labels"]) {
  return recommended || common || null;
}

/** A pod that ran to its end is neither ready nor missing. */
export const isFinished = ({ phase }: Pod): boolean => phase === "Succeeded";

/** Known to Kubernetes; a pod seen only by its usage has no readiness to count. */
const isReported = ({ phase, ready }: Pod): boolean => phase !== "Unknown" || ready !== null;

/** Pods by namespace: readiness, phases, restarts and who is not ready. */
export function podsByNamespace(all: readonly Pod[]): PodsOfNamespace[] {
  const pods = all.filter(isReported);
  const namespaces = [...new Set(pods.map(({ namespace }) => namespace))].sort();
  return namespaces.map((namespace) => {
    const own = pods.filter((pod) => pod.namespace === namespace);
    const expected = own.filter((pod) => !isFinished(pod));
    const restarts = own.flatMap(({ restartsLastDay }) => restartsLastDay ?? []);
    return {
      namespace,
      ready: expected.filter(({ ready }) => ready === true).length,
      total: expected.length,
      phases: countPhases(own),
      restartsLastDay: restarts.length === 0 ? null : restarts.reduce((sum, count) => sum + count, 0),
      notReady: expected
        .filter(({ ready }) => ready !== true)
        .map(({ pod, phase, waitingReason }) => ({ pod, phase, reason: waitingReason })),
    };
  });
}

function countPhases(pods: readonly Pod[]): Record<string, number> {
  const phases: Record<string, number> = {};
  for (const { phase } of pods) phases[phase] = (phases[phase] ?? 0) + 1;
  return phases;
}

/** Running and not-ready pods of each node. */
export function podsByNode(pods: readonly Pod[]): Map<string, { running: number; notReady: number }> {
  const nodes = new Map<string, { running: number; notReady: number }>();
  for (const pod of pods) {
    if (pod.node === null || isFinished(pod)) continue;
    const counts = nodes.get(pod.node) ?? { running: 0, notReady: 0 };
    if (pod.phase === "Running") counts.running += 1;
    if (pod.ready !== true) counts.notReady += 1;
    nodes.set(pod.node, counts);
  }
  return nodes;
}

/**
 * Gives each pod to a service: by the app label where it names one, else to the service whose name
 * is the longest prefix of the pod's ("search" owns search-6d5f-x1, but not search-indexer-0 when a
 * service of that name exists). A known namespace must agree.
 */
export function podsByService(
  pods: readonly Pod[],
  services: readonly { name: string; namespace: string | null }[],
): Map<string, Pod[]> {
  const longestFirst = [...services].sort((a, b) => b.name.length - a.name.length);
  const owned = new Map<string, Pod[]>();
  for (const pod of pods) {
    const near = longestFirst.filter(({ namespace }) => namespace === null || namespace === pod.namespace);
    const owner =
      near.find(({ name }) => name === pod.app) ??
      near.find(({ name }) => pod.pod === name || pod.pod.startsWith(`${name}-`));
    if (owner) owned.set(owner.name, [...(owned.get(owner.name) ?? []), pod]);
  }
  return owned;
}
