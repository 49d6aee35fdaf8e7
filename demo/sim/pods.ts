import { GIB, type NodeName } from "./nodes.ts";
import { SERVICES, type ServiceSpec } from "./services.ts";

/** A pod that is not of the service catalogue. */
export interface SupportPod {
  app: string;
  namespace: string;
  node: NodeName;
  pod: string;
  ownerKind: "ReplicaSet" | "StatefulSet" | "DaemonSet";
  cpuCores: number;
  memoryBytes: number;
  /** How often a day its container restarts once it has begun to crash; 0 for a pod that never does. */
  restartsPerDay: number;
}

const support = (
  namespace: string,
  app: string,
  node: NodeName,
  suffix: string,
  cpuCores: number,
  memoryGib: number,
  restartsPerDay = 0,
): SupportPod => ({
  app,
  namespace,
  node,
  pod: `${app}-${suffix}`,
  ownerKind: suffix === "0" ? "StatefulSet" : suffix.includes("-") ? "ReplicaSet" : "DaemonSet",
  cpuCores,
  memoryBytes: memoryGib * GIB,
  restartsPerDay,
});

export const SUPPORT_PODS: readonly SupportPod[] = [
  support("data", "postgres", "ai1", "0", 0.18, 3.1),
  support("data", "redis", "ai2", "0", 0.05, 0.6),
  support("data", "thumbnailer", "nas1", "5f6c9d7b84-q2lxk", 0.01, 0.1, 7),
  support("monitoring", "prometheus", "ai1", "0", 0.12, 1.4),
  support("monitoring", "alertmanager", "ai1", "0", 0.01, 0.06),
  support("monitoring", "loki", "nas1", "0", 0.09, 0.9),
  support("monitoring", "kube-state-metrics", "ai1", "6d5b8f4c9-7xkqz", 0.01, 0.08),
  support("monitoring", "node-exporter", "ai1", "4kq9v", 0.01, 0.03),
  support("monitoring", "node-exporter", "ai2", "m7zt2", 0.01, 0.03),
  support("monitoring", "node-exporter", "nas1", "x8w5c", 0.01, 0.03),
  support("monitoring", "dcgm-exporter", "ai1", "b6vnd", 0.02, 0.2),
  support("monitoring", "dcgm-exporter", "ai2", "t9rjf", 0.02, 0.2),
  support("kube-system", "coredns", "ai1", "7c8b6d5f94-hw2rl", 0.03, 0.07),
  support("kube-system", "traefik", "ai1", "66c4d9b7f5-zk8vm", 0.08, 0.15),
  support("kube-system", "metrics-server", "ai2", "54f7c8d6b9-n5xpt", 0.02, 0.06),
  support("kube-system", "local-path-provisioner", "ai2", "8d9c7b6f5-c4jwq", 0.01, 0.03),
];

/** One pod of a service. */
export interface Instance {
  service: ServiceSpec;
  node: NodeName;
  pod: string;
  /** What the scrape calls it. */
  address: string;
}

const POD_SUFFIXES: Record<string, string> = { ai1: "x2m4q", ai2: "7hd9w", nas1: "k5zr8" };
const podTemplateHash = (name: string): string =>
  Array.from(name)
    .reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 0x7fffffff, 7)
    .toString(16)
    .padStart(8, "7");

export const INSTANCES: readonly Instance[] = SERVICES.flatMap((service) =>
  service.nodes.map((node) => ({
    service,
    node,
    pod: `${service.name}-${podTemplateHash(service.name)}-${POD_SUFFIXES[node]}`,
    address: `${service.name}-${node}:8080`,
  })),
);
