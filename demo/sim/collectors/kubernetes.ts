import type { Moment } from "../moment.ts";
import { NODES, type NodeName } from "../nodes.ts";
import { isNodeUp, isReady, PODS, type Pod } from "../pod-state.ts";
import { Exposition } from "../series.ts";

type Read = (moment: Moment) => number;
const flag =
  (holds: (moment: Moment) => boolean): Read =>
  (moment) =>
    holds(moment) ? 1 : 0;
/** The series exists only while the condition holds. */
const present =
  (holds: (moment: Moment) => boolean): Read =>
  (moment) =>
    holds(moment) ? 1 : NaN;

const KUBELET_VERSION = "v1.31.4+k3s1";
const CONDITIONS = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"] as const;
type Condition = (typeof CONDITIONS)[number];

function conditionStatus(node: number, condition: Condition, moment: Moment): "true" | "false" | "unknown" {
  const state = moment.nodes[node]!;
  if (!state.up) return "unknown";
  if (condition === "Ready") return "true";
  const full = state.filesystemUsedRatios.some((ratio) => ratio > 0.99);
  return condition === "DiskPressure" && full ? "true" : "false";
}

function nodes(out: Exposition): void {
  const info = out.gauge("kube_node_info", "Information about a cluster node.");
  const role = out.gauge("kube_node_role", "The role of a cluster node.");
  const condition = out.gauge("kube_node_status_condition", "The condition of a cluster node.");
  NODES.forEach(({ name, ip, role: nodeRole }, index) => {
    info(
      {
        node: name,
        internal_ip: ip,
        os_image: "Debian GNU/Linux 12 (bookworm)",
        kubelet_version: KUBELET_VERSION,
        container_runtime_version: "containerd://1.7.23-k3s2",
      },
      () => 1,
    );
    role({ node: name, role: nodeRole }, () => 1);
    for (const type of CONDITIONS) {
      for (const status of ["true", "false", "unknown"] as const) {
        condition(
          { node: name, condition: type, status },
          flag((moment) => conditionStatus(index, type, moment) === status),
        );
      }
    }
  });
}

function pods(out: Exposition): void {
  const info = out.gauge("kube_pod_info", "Information about pod.");
  const labels = out.gauge("kube_pod_labels", "Kubernetes labels converted to Prometheus labels.");
  const phase = out.gauge("kube_pod_status_phase", "The pods current phase.");
  const ready = out.gauge("kube_pod_status_ready", "Describes whether the pod is ready to serve requests.");
  const restarts = out.knownCounter(
    "kube_pod_container_status_restarts_total",
    "The number of container restarts per container.",
  );
  const waiting = out.gauge(
    "kube_pod_container_status_waiting_reason",
    "Describes the reason the container is currently in waiting state.",
  );
  const nodeIp = new Map(NODES.map(({ name, ip }) => [name, ip]));
  for (const pod of PODS) {
    const key = { namespace: pod.namespace, pod: pod.name };
    const container = { ...key, container: pod.app };
    info({ ...key, node: pod.node, host_ip: nodeIp.get(pod.node)!, created_by_kind: pod.ownerKind }, () => 1);
    labels({ ...key, label_app_kubernetes_io_name: pod.app }, () => 1);
    phase({ ...key, phase: "Running" }, () => 1);
    ready(
      { ...key, condition: "true" },
      flag((moment) => isReady(pod, moment)),
    );
    ready(
      { ...key, condition: "false" },
      flag((moment) => !isReady(pod, moment)),
    );
    restarts(container, (moment) => pod.restarts(moment));
    waiting(
      { ...container, reason: "CrashLoopBackOff" },
      present((moment) => pod.waitingReason(moment) !== null),
    );
  }
}

function resources(out: Exposition): void {
  const requests = out.gauge(
    "kube_pod_container_resource_requests",
    "The number of requested resource by a container.",
  );
  const limits = out.gauge(
    "kube_pod_container_resource_limits",
    "The number of requested limit resource by a container.",
  );
  for (const pod of PODS) {
    const labels = { namespace: pod.namespace, pod: pod.name, container: pod.app, node: pod.node };
    requests({ ...labels, resource: "cpu", unit: "core" }, () => pod.cpuRequestCores);
    requests({ ...labels, resource: "memory", unit: "byte" }, () => Math.round(pod.memoryRequestBytes));
    limits({ ...labels, resource: "memory", unit: "byte" }, () => Math.round(pod.memoryLimitBytes));
  }
}

function deployments(out: Exposition): void {
  const desired = out.gauge("kube_deployment_spec_replicas", "Number of desired pods for a deployment.");
  const current = out.gauge("kube_deployment_status_replicas", "The number of replicas per deployment.");
  const available = out.gauge(
    "kube_deployment_status_replicas_available",
    "The number of available replicas per deployment.",
  );
  const byDeployment = Map.groupBy(
    PODS.filter(({ ownerKind }) => ownerKind === "ReplicaSet"),
    ({ app }) => app,
  );
  for (const [deployment, members] of byDeployment) {
    const labels = { namespace: members[0]!.namespace, deployment };
    desired(labels, () => members.length);
    current(labels, () => members.length);
    available(labels, (moment) => members.filter((pod) => isReady(pod, moment)).length);
  }
}

export function kubeStateMetrics(): Exposition {
  const out = new Exposition();
  for (const collect of [nodes, pods, resources, deployments]) collect(out);
  return out;
}

const podsOn = (node: NodeName): Pod[] => PODS.filter((pod) => pod.node === node);

/** What the kubelet of a node answers on /metrics/cadvisor. */
export function cadvisor(node: NodeName): Exposition {
  const out = new Exposition();
  const cpu = out.secondsCounter(
    "container_cpu_usage_seconds_total",
    "Cumulative cpu time consumed in seconds.",
  );
  const memory = out.gauge("container_memory_working_set_bytes", "Current working set in bytes.");
  for (const pod of podsOn(node)) {
    const labels = { namespace: pod.namespace, pod: pod.name, container: pod.app };
    cpu(labels, (moment) => pod.cpuCores(moment));
    memory(labels, (moment) => Math.round(pod.memoryBytes(moment)));
  }
  return out;
}

/** What the kubelet of a node answers; in k3s the API server lives in the same process on the control plane. */
export function kubelet(node: NodeName): Exposition {
  const out = new Exposition();
  const members = podsOn(node);
  out.gauge("kubelet_running_pods", "Number of pods that have a running pod sandbox.")({}, (moment) =>
    isNodeUp(node, moment) ? members.length : 0,
  );
  if (NODES.find(({ name }) => name === node)?.role !== "control-plane") return out;
  const requests = out.counter("apiserver_request_total", "Counter of apiserver requests.");
  for (const [verb, perSecond] of Object.entries({ GET: 6.2, LIST: 1.1, WATCH: 0.9, PATCH: 1.6 })) {
    requests(
      { verb, resource: "pods", code: "200" },
      (moment) => perSecond * (0.8 + moment.nodes[0]!.cpuBusyRatio),
    );
  }
  return out;
}
