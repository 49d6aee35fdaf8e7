import { cadvisor, kubelet, kubeStateMetrics } from "./collectors/kubernetes.ts";
import { dcgmExporter, nodeExporter } from "./collectors/node-exporter.ts";
import { serviceMetrics } from "./collectors/service.ts";
import { NODES, type NodeName } from "./nodes.ts";
import { INSTANCES } from "./pods.ts";
import type { Exposition } from "./series.ts";
import type { World } from "./world.ts";

export interface ScrapeTarget {
  job: string;
  /** The value of the label `instance`; the address scraped is the simulator's. */
  instance: string;
  /** Path of the simulator's HTTP server. */
  path: string;
  /** Labels the scrape adds to every series, beside `job` and `instance`. */
  labels: Record<string, string>;
}

interface Target extends ScrapeTarget {
  /** The node that takes the target down with it; null for kube-state-metrics, which is not modelled to fail. */
  node: NodeName | null;
  exposition(world: World): Exposition;
}

function target(job: string, instance: string, rest: Omit<Target, "job" | "instance" | "path">): Target {
  return { job, instance, path: `/scrape/${job}/${instance}`, ...rest };
}

const onNodes = (
  job: string,
  port: number,
  nodes: readonly NodeName[],
  exposition: (node: NodeName) => Exposition,
): Target[] =>
  nodes.map((node) =>
    target(job, `${node}:${port}`, { labels: { node }, node, exposition: () => exposition(node) }),
  );

const names = NODES.map(({ name }) => name);

export const TARGETS: readonly Target[] = [
  ...onNodes("node-exporter", 9100, names, nodeExporter),
  ...onNodes(
    "dcgm-exporter",
    9400,
    NODES.filter(({ gpus }) => gpus > 0).map(({ name }) => name),
    dcgmExporter,
  ),
  target("kube-state-metrics", "kube-state-metrics:8080", {
    labels: {},
    node: null,
    exposition: kubeStateMetrics,
  }),
  ...onNodes("cadvisor", 10250, names, cadvisor),
  ...onNodes("kubelet", 10250, names, kubelet),
  ...INSTANCES.map(({ service, node, pod, address }, index) =>
    target("services", address, {
      labels: { service: service.name, namespace: service.namespace, node, pod },
      node,
      exposition: (world) => serviceMetrics(index, world),
    }),
  ),
];

/** What Prometheus is to scrape once the history is written. */
export function scrapeTargets(): ScrapeTarget[] {
  return TARGETS.map(({ job, instance, path, labels }) => ({ job, instance, path, labels }));
}
