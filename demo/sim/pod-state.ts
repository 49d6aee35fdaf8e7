import type { Moment } from "./moment.ts";
import type { NodeName } from "./nodes.ts";
import { INSTANCES, SUPPORT_PODS, type SupportPod } from "./pods.ts";
import { isLeaking, leak } from "./service-state.ts";
import { DAY_MS } from "./world.ts";

/** A pod as Kubernetes sees it, whether it belongs to a service of the catalogue or not. */
export interface Pod {
  namespace: string;
  name: string;
  /** Value of app.kubernetes.io/name and name of the container. */
  app: string;
  node: NodeName;
  ownerKind: "ReplicaSet" | "StatefulSet" | "DaemonSet";
  cpuRequestCores: number;
  memoryRequestBytes: number;
  memoryLimitBytes: number;
  cpuCores(moment: Moment): number;
  memoryBytes(moment: Moment): number;
  restarts(moment: Moment): number;
  /** Why its container is waiting, or null while it runs. */
  waitingReason(moment: Moment): string | null;
}

/** The crash loop of data/thumbnailer began this long before birth. */
const CRASHING_FOR_MS = 1.9 * DAY_MS;

const crashingMs = (moment: Moment): number => moment.tMs - (moment.world.birthMs - CRASHING_FOR_MS);

function supportPod(pod: SupportPod): Pod {
  const crashLoops = pod.restartsPerDay > 0;
  const running = (moment: Moment) => (crashLoops && crashingMs(moment) > 0 ? 0.1 : 1);
  return {
    namespace: pod.namespace,
    name: pod.pod,
    app: pod.app,
    node: pod.node,
    ownerKind: pod.ownerKind,
    cpuRequestCores: 0.05,
    memoryRequestBytes: pod.memoryBytes,
    memoryLimitBytes: pod.memoryBytes * 2,
    cpuCores: (moment) => pod.cpuCores * running(moment) * (0.6 + moment.nodes[0]!.cpuBusyRatio),
    memoryBytes: (moment) => pod.memoryBytes * running(moment) * (0.95 + 0.1 * moment.nodes[0]!.cpuBusyRatio),
    restarts: (moment) => Math.max(0, Math.floor((crashingMs(moment) * pod.restartsPerDay) / DAY_MS)),
    waitingReason: (moment) => (crashLoops && crashingMs(moment) > 0 ? "CrashLoopBackOff" : null),
  };
}

export const PODS: readonly Pod[] = [
  ...INSTANCES.map((instance, index): Pod => ({
    namespace: instance.service.namespace,
    name: instance.pod,
    app: instance.service.name,
    node: instance.node,
    ownerKind: "ReplicaSet",
    cpuRequestCores: instance.service.cpuRequestCores,
    memoryRequestBytes: instance.service.memoryBytes,
    memoryLimitBytes: instance.service.memoryLimitBytes,
    cpuCores: (moment) => moment.instances[index]!.cpuCores,
    memoryBytes: (moment) => moment.instances[index]!.memoryBytes,
    restarts: (moment) => (isLeaking(instance) ? leak(moment.world, moment.tMs).restarts : 0),
    waitingReason: () => null,
  })),
  ...SUPPORT_PODS.map(supportPod),
];

export function isReady(pod: Pod, moment: Moment): boolean {
  return pod.waitingReason(moment) === null && isNodeUp(pod.node, moment);
}

export function isNodeUp(node: NodeName, moment: Moment): boolean {
  return moment.nodes.some((state) => state.spec.name === node && state.up);
}
