import { NODES } from "./nodes.ts";
import { SERVICES } from "./services.ts";
import { SCENARIOS, type Fault, type Scenario, type World } from "./world.ts";

const SERVICE_NAMES = SERVICES.map(({ name }) => name);
const NODE_NAMES: readonly string[] = NODES.map(({ name }) => name);

/** What each scenario strikes when no target is named, which targets it can strike, and how hard. */
const EFFECTS: Record<Scenario, { target: string; targets: readonly string[]; strength: number }> = {
  errors: { target: "checkout", targets: SERVICE_NAMES, strength: 0.12 },
  latency: { target: "checkout", targets: SERVICE_NAMES, strength: 12 },
  "node-down": { target: "ai2", targets: NODE_NAMES, strength: 1 },
  "disk-full": { target: "nas1", targets: NODE_NAMES, strength: 1 },
  "traffic-spike": { target: "search", targets: SERVICE_NAMES, strength: 3.5 },
  "log-storm": { target: "checkout", targets: SERVICE_NAMES, strength: 1 },
};

/** A request that cannot be done; names the field and what would have been right. */
export class UnknownFault extends Error {
  readonly field: string;
  readonly known: readonly string[];
  constructor(field: string, value: unknown, known: readonly string[]) {
    super(`${field}: ${JSON.stringify(value)} is unknown; known are ${known.join(", ")}`);
    this.field = field;
    this.known = known;
  }
}

const isScenario = (value: unknown): value is Scenario => SCENARIOS.some((scenario) => scenario === value);

/** What a request asks for, with what it leaves open at its usual. Throws UnknownFault. */
export function readFaultRequest(
  request: Record<string, unknown>,
): Pick<Fault, "scenario" | "target" | "strength"> {
  const { scenario } = request;
  if (!isScenario(scenario)) throw new UnknownFault("scenario", scenario, SCENARIOS);
  const { targets, strength, target: usual } = EFFECTS[scenario];
  const target = request.target ?? usual;
  if (typeof target !== "string" || !targets.includes(target))
    throw new UnknownFault("target", target, targets);
  return { scenario, target, strength };
}

/** Begins a fault at `nowMs`; the same one twice is one. Throws UnknownFault. */
export function inject(world: World, request: Record<string, unknown>, nowMs: number): Fault {
  const { scenario, target, strength } = readFaultRequest(request);
  const running = openFaults(world).find((fault) => fault.scenario === scenario && fault.target === target);
  if (running) return running;
  const fault: Fault = { scenario, target, fromMs: nowMs, toMs: null, strength };
  world.faults.push(fault);
  return fault;
}

/** Injected faults that nobody has healed yet. */
export function openFaults(world: World): Fault[] {
  return world.faults.filter(({ toMs }) => toMs === null);
}

/** Ends every injected fault at `nowMs`, or those that strike one target; gives those it ended. */
export function heal(world: World, nowMs: number, target: string | null = null): Fault[] {
  const ended = openFaults(world).filter((fault) => target === null || fault.target === target);
  for (const fault of ended) fault.toMs = nowMs;
  return ended;
}
