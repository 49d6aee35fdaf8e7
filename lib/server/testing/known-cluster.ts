import "server-only";
import type { WrittenSeries } from "./write-series.ts";

export const DAY_MS = 86_400_000;
/** A service name that tries to leave its matcher. */
export const HOSTILE = 'a"}or vector(1)#';
/** When the known past ends. */
export const nowMs = Date.now();

/** A counter that has grown by `perSecond` for thirty days. */
const counter = (name: string, labels: Record<string, string>, perSecond: number): WrittenSeries => ({
  name,
  labels,
  valueAt: (tMs) => ((tMs - (nowMs - 30 * DAY_MS)) / 1000) * perSecond,
});
const gauge = (
  name: string,
  labels: Record<string, string>,
  valueAt: number | ((tMs: number) => number),
): WrittenSeries => ({ name, labels, valueAt: typeof valueAt === "number" ? () => valueAt : valueAt });
/** Days since; negative before now. */
const days = (tMs: number) => (tMs - nowMs) / DAY_MS;

const pay = { service: "pay", node: "ai1", namespace: "prod", route: "/pay", method: "POST" };
/** Ten requests a second: 4 % client errors, 6 % server errors of which a third are timeouts, all within 0.1 to 0.5 s. */
const PAY: WrittenSeries[] = [
  counter("http_requests_total", { ...pay, status: "200" }, 9),
  counter("http_requests_total", { ...pay, status: "404", error_type: "no_card" }, 0.4),
  counter("http_requests_total", { ...pay, status: "500" }, 0.4),
  counter("http_requests_total", { ...pay, status: "504" }, 0.2),
  ...[
    ["0.1", 0],
    ["0.5", 10],
    ["+Inf", 10],
  ].map(([le, rate]) =>
    counter("http_request_duration_seconds_bucket", { ...pay, le: String(le) }, Number(rate)),
  ),
];

const otel = { service_name: "cart", k8s_node_name: "ai1", http_route: "/", http_request_method: "GET" };
const OTHER_SERVICES: WrittenSeries[] = [
  counter("http_requests_total", { service: HOSTILE, status: "200" }, 1),
  counter("http_requests_total", { service: "quiet", status: "200" }, 0.01),
  // A histogram in milliseconds would be another preset; these are seconds, all at most 0.05.
  ...["0.05", "+Inf"].map((le) =>
    counter(
      "http_server_request_duration_seconds_bucket",
      { ...otel, le, http_response_status_code: "200" },
      5,
    ),
  ),
  counter("http_server_request_duration_seconds_count", { ...otel, http_response_status_code: "200" }, 5),
  gauge(
    "build_info",
    { service: "pay", version: "1.0", tier: "essential", team: "pay", dependencies: "cart" },
    (t) => (days(t) < -0.1 ? 1 : NaN),
  ),
  gauge(
    "build_info",
    { service: "pay", version: "1.1", tier: "essential", team: "pay", dependencies: "cart" },
    (t) => (days(t) < -0.1 ? NaN : 1),
  ),
];

const nas1 = { instance: "nas1:9100", job: "node" };
const tank = { ...nas1, device: "tank", mountpoint: "/tank", fstype: "zfs" };
const ai2 = { instance: "10.0.0.2:9100", job: "node" };
const NODES: WrittenSeries[] = [
  gauge("up", nas1, 1),
  gauge("node_boot_time_seconds", nas1, nowMs / 1000 - 41 * 86_400),
  counter("node_cpu_seconds_total", { ...nas1, cpu: "0", mode: "idle" }, 0.7),
  counter("node_cpu_seconds_total", { ...nas1, cpu: "0", mode: "user" }, 0.3),
  gauge("node_memory_MemTotal_bytes", nas1, 100e9),
  // 74 % used now, two percent more every day.
  gauge("node_memory_MemAvailable_bytes", nas1, (t) => 26e9 - 2e9 * days(t)),
  gauge("node_filesystem_size_bytes", tank, 1000e9),
  // 60 GB left, ten less every day.
  gauge("node_filesystem_avail_bytes", tank, (t) => 60e9 - 10e9 * days(t)),
  gauge("node_filesystem_size_bytes", { ...tank, mountpoint: "/run", fstype: "tmpfs" }, 1e9),
  gauge("node_filesystem_avail_bytes", { ...tank, mountpoint: "/run", fstype: "tmpfs" }, 0),
  // Went down two hours ago; only `up` still speaks of it.
  gauge("up", ai2, (t) => (days(t) < -2 / 24 ? 1 : 0)),
  gauge("node_boot_time_seconds", ai2, (t) => (days(t) < -2 / 24 ? 1 : NaN)),
  gauge("node_uname_info", { ...ai2, nodename: "ai2" }, (t) => (days(t) < -2 / 24 ? 1 : NaN)),
];

const pod = { namespace: "prod", pod: "pay-7d9f-x1" };
const PODS: WrittenSeries[] = [
  gauge("kube_pod_info", { ...pod, node: "nas1" }, 1),
  gauge("kube_pod_status_phase", { ...pod, phase: "Running" }, 1),
  gauge("kube_pod_status_ready", { ...pod, condition: "true" }, 1),
  gauge("kube_pod_container_status_restarts_total", { ...pod, container: "pay" }, (t) =>
    days(t) < -0.5 ? 4 : 7,
  ),
  gauge("kube_pod_container_resource_limits", { ...pod, container: "pay", resource: "memory" }, 2e9),
  gauge("container_memory_working_set_bytes", { ...pod, container: "pay" }, 1.7e9),
  gauge("container_memory_working_set_bytes", { ...pod, container: "" }, 1.9e9),
];

/** A cluster that knows nothing but its workloads. */
export const BARE_CLUSTER: WrittenSeries[] = [
  gauge("up", { job: "kube-state-metrics", instance: "a:1" }, 1),
  gauge("kube_deployment_spec_replicas", { namespace: "shop", deployment: "cart" }, 2),
  gauge("kube_statefulset_replicas", { namespace: "data", statefulset: "postgres" }, 1),
  gauge("kube_daemonset_status_desired_number_scheduled", { namespace: "kube-system", daemonset: "cni" }, 3),
];

/** Services, nodes and pods whose every figure is known beforehand. */
export const KNOWN_CLUSTER: readonly WrittenSeries[] = [...PAY, ...OTHER_SERVICES, ...NODES, ...PODS];
