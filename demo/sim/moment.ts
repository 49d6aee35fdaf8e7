import { lastSuccessMs, newestRun, type BackupRun } from "./backup-runs.ts";
import { nodeStates, type NodeState } from "./node-state.ts";
import { serviceStates, type InstanceState } from "./service-state.ts";
import { faultsAt, type Fault, type World } from "./world.ts";

/** The whole cluster at one moment; every series is read from it. */
export interface Moment {
  tMs: number;
  world: World;
  faults: Fault[];
  /** In the order of INSTANCES. */
  instances: InstanceState[];
  /** In the order of NODES. */
  nodes: NodeState[];
  backup: { newest: BackupRun; lastSuccessMs: number };
}

/** Pure: the same world, time and faults always give the same moment. */
export function momentAt(world: World, tMs: number, faults: Fault[] = faultsAt(world, tMs)): Moment {
  const instances = serviceStates(world, tMs, faults);
  return {
    tMs,
    world,
    faults,
    instances,
    nodes: nodeStates(world, tMs, faults, instances),
    backup: { newest: newestRun(world, tMs), lastSuccessMs: lastSuccessMs(world, tMs) },
  };
}
