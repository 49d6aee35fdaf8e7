/** Faults a person can inject; `prometheus-down` is not one of them, since it is not the simulator's to stop. */
export const SCENARIOS = [
  "errors",
  "latency",
  "node-down",
  "disk-full",
  "traffic-spike",
  "log-storm",
] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** Something that goes wrong on `target` (a service, or a node) from `fromMs` until `toMs`; null is "until healed". */
export interface Fault {
  scenario: Scenario;
  target: string;
  fromMs: number;
  toMs: number | null;
  /** errors: ratio of failing requests; latency and traffic-spike: a multiplier; the others ignore it. */
  strength: number;
}

/** `service` runs `version` from `fromMs` on. */
export interface Deploy {
  service: string;
  version: string;
  fromMs: number;
}

/** Everything the simulated past and present follow from; plain JSON, kept in the state folder. */
export interface World {
  seed: number;
  /** When the demo was first started; the scripted past is told backwards from here. */
  birthMs: number;
  /** Where its history begins, on a tick. */
  startMs: number;
  deploys: Deploy[];
  /** Scripted and injected faults; a fault is only ever added or ended at the present moment. */
  faults: Fault[];
}

/** Spacing of the history. Rates are constant within a tick, except where a fault begins or ends inside it. */
export const TICK_MS = 120_000;
export const DAY_MS = 86_400_000;

export const tickStart = (tMs: number): number => Math.floor(tMs / TICK_MS) * TICK_MS;

export function faultsAt(world: World, tMs: number): Fault[] {
  return world.faults.filter((fault) => fault.fromMs <= tMs && (fault.toMs === null || tMs < fault.toMs));
}
