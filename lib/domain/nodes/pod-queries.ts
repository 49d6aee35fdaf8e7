import { eq, labelList, type Matcher, neq, oneOf, selector } from "#lib/domain/promql/selector.ts";
import { labelledUnion } from "#lib/domain/signals/labelled-union.ts";

const BY_POD = labelList("namespace", "pod");
const BY_CONTAINER = labelList("namespace", "pod", "container");
const RESTARTS = "kube_pod_container_status_restarts_total";

/**
 * Every pod as kube-state-metrics sees it, told apart by `figure`: info (with its node), phase, ready,
 * waiting (with the reason), restarts of the last day, and the labels that name its app.
 */
export function podStates(): string {
  // A difference of the counter is exact and reads two points per pod; a pod younger than a day counts from 0.
  const before = `(sum by ${BY_POD} (${RESTARTS} offset 1d) or 0 * sum by ${BY_POD} (${RESTARTS}))`;
  return labelledUnion("figure", {
    info: "max by (namespace, pod, node) (kube_pod_info)",
    phase: "max by (namespace, pod, phase) (kube_pod_status_phase) == 1",
    ready: `max by ${BY_POD} (${selector("kube_pod_status_ready", { condition: eq("true") })})`,
    waiting: "max by (namespace, pod, reason) (kube_pod_container_status_waiting_reason) == 1",
    restarts: `clamp_min(sum by ${BY_POD} (${RESTARTS}) - ${before}, 0)`,
    app: "max by (namespace, pod, label_app_kubernetes_io_name, label_app) (kube_pod_labels)",
  });
}

type Usage = "cpu" | "memory";

function usage(resource: Usage, windowSeconds: number, of: Record<string, Matcher>): string {
  const where = { ...of, container: [neq(""), neq("POD")] };
  if (resource === "memory") return selector("container_memory_working_set_bytes", where);
  return `rate(${selector("container_cpu_usage_seconds_total", where)}[${windowSeconds}s])`;
}

/**
 * What pods use (all of them, or those of the names given), told apart by `figure`: `cpuCores` and
 * `memoryBytes` in all, and `cpu` and `memory` as ratios of the limit, of whichever container of the
 * pod is nearest to its own.
 */
export function podUsage(windowSeconds: number, pods: readonly string[] | null = null): string {
  const of: Record<string, Matcher> = pods === null ? {} : { pod: oneOf(pods) };
  const used = (resource: Usage) => usage(resource, windowSeconds, of);
  const ofLimit = (resource: Usage) => {
    const limits = selector("kube_pod_container_resource_limits", { ...of, resource: eq(resource) });
    const perContainer = `sum by ${BY_CONTAINER} (${used(resource)})`;
    return `max by ${BY_POD} (${perContainer} / (sum by ${BY_CONTAINER} (${limits}) > 0))`;
  };
  return labelledUnion("figure", {
    cpu: ofLimit("cpu"),
    memory: ofLimit("memory"),
    cpuCores: `sum by ${BY_POD} (${used("cpu")})`,
    memoryBytes: `sum by ${BY_POD} (${used("memory")})`,
  });
}
