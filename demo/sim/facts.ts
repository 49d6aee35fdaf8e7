import { quantileSeconds } from "./latency.ts";
import { momentAt } from "./moment.ts";
import type { InstanceState } from "./service-state.ts";
import type { Fault, World } from "./world.ts";

/** How one pod of a service is doing at a moment: what a log generator needs to write lines that agree with the metrics. */
export interface ServiceFacts {
  service: string;
  node: string;
  namespace: string;
  pod: string;
  version: string;
  /** 0 while the pod is down and, for a batch service, between runs. */
  requestsPerSecond: number;
  /** 5xx over all requests. */
  errorRatio: number;
  p95Seconds: number;
  /** Scenarios at work on this pod, its service or its node; `log-storm` asks for a flood of lines. */
  faults: string[];
}

/** Facts of every pod of every service at `tMs`; the same world and time always give the same facts. */
export function factsAt(world: World, tMs: number): ServiceFacts[] {
  const moment = momentAt(world, tMs);
  return moment.instances.map((state) => instanceFacts(state, moment.faults));
}

function instanceFacts({ instance, ...state }: InstanceState, faults: Fault[]): ServiceFacts {
  const { service, node, pod } = instance;
  return {
    service: service.name,
    node,
    namespace: service.namespace,
    pod,
    version: state.version,
    requestsPerSecond: state.requestsPerSecond,
    errorRatio: state.errorRatio,
    p95Seconds: quantileSeconds(0.95, state.medianSeconds),
    faults: faults
      .filter(({ target }) => target === service.name || target === node)
      .map(({ scenario }) => scenario),
  };
}
