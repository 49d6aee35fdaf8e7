import { z } from "zod";

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
const Fault = z.object({
  scenario: z.enum(SCENARIOS),
  target: z.string(),
  fromMs: z.number(),
  toMs: z.number().nullable(),
  /** errors: ratio of failing requests; latency and traffic-spike: a multiplier; the others ignore it. */
  strength: z.number(),
});
export type Fault = z.infer<typeof Fault>;

/** `service` runs `version` from `fromMs` on. */
const Deploy = z.object({ service: z.string(), version: z.string(), fromMs: z.number() });
export type Deploy = z.infer<typeof Deploy>;

/** Everything the simulated past and present follow from; plain JSON, kept in the state folder. */
export const World = z.object({
  seed: z.int(),
  /** When the demo was first started; the scripted past is told backwards from here. */
  birthMs: z.number(),
  /** Where its history begins, on a tick. */
  startMs: z.number(),
  deploys: z.array(Deploy),
  /** Scripted and injected faults; a fault is only ever added or ended at the present moment. */
  faults: z.array(Fault),
});
export type World = z.infer<typeof World>;

/** Spacing of the history. Rates are constant within a tick, except where a fault begins or ends inside it. */
export const TICK_MS = 120_000;
export const DAY_MS = 86_400_000;

export const tickStart = (tMs: number): number => Math.floor(tMs / TICK_MS) * TICK_MS;

export function faultsAt(world: World, tMs: number): Fault[] {
  return world.faults.filter((fault) => fault.fromMs <= tMs && (fault.toMs === null || tMs < fault.toMs));
}
