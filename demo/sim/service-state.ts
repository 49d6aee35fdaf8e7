import { INSTANCES, type Instance } from "./pods.ts";
import type { RouteSpec, ServiceSpec } from "./services.ts";
import { BUCKET_SECONDS, meanSeconds, shareWithin } from "./latency.ts";
import { channel, noise } from "./noise.ts";
import { rhythm } from "./rhythm.ts";
import { DAY_MS, type Deploy, type Fault, type World } from "./world.ts";

export interface RouteState {
  spec: RouteSpec;
  requestsPerSecond: number;
  serverErrorRatio: number;
  /** Part of the server errors that are timeouts (504) and refusals (503); the rest are 500. */
  timeoutShare: number;
  unavailableShare: number;
  clientErrorRatio: number;
  medianSeconds: number;
  meanSeconds: number;
  /** Per bound of BUCKET_SECONDS, the requests per second that are at most as slow. */
  withinPerSecond: number[];
}

export interface InstanceState {
  instance: Instance;
  up: boolean;
  version: string;
  startedMs: number;
  requestsPerSecond: number;
  /** 5xx over all requests. */
  errorRatio: number;
  medianSeconds: number;
  inFlight: number;
  cpuCores: number;
  memoryBytes: number;
  routes: RouteState[];
}

const MINUTE_MS = 60_000;
const CHANNELS = new Map(
  INSTANCES.map(({ service }) => [
    service.name,
    {
      traffic: channel(`${service.name}/traffic`),
      stress: channel(`${service.name}/stress`),
      errors: channel(`${service.name}/errors`),
      memory: channel(`${service.name}/memory`),
    },
  ]),
);
const SHARED_STRESS = channel("cluster/stress");

/** The leak on ai2: inference-gateway grows by this every day and is restarted by hand every 22 days, last 18 days before birth. */
const LEAK_BYTES_PER_DAY = 1.22 * 2 ** 30;
const LEAK_PERIOD_MS = 22 * DAY_MS;
const LEAK_AGE_AT_BIRTH_MS = 18 * DAY_MS;

/** How many times the leaking pod has been restarted, and how long ago the last one was. */
export function leak(world: World, tMs: number): { restarts: number; ageMs: number } {
  const sinceMs = tMs - (world.birthMs - LEAK_AGE_AT_BIRTH_MS);
  const restarts = Math.floor(sinceMs / LEAK_PERIOD_MS) + 1;
  return { restarts: Math.max(0, restarts), ageMs: sinceMs - (restarts - 1) * LEAK_PERIOD_MS };
}

export function isLeaking(instance: Instance): boolean {
  return instance.service.name === "inference-gateway" && instance.node === "ai2";
}

/** What the faults at work do to one service. */
interface Disturbance {
  traffic: number;
  latency: number;
  errors: number;
  timeouts: number;
  writeErrors: number;
}

function disturbance(service: ServiceSpec, faults: Fault[]): Disturbance {
  const sum: Disturbance = { traffic: 1, latency: 1, errors: 0, timeouts: 0, writeErrors: 0 };
  for (const fault of faults) {
    if (fault.scenario === "disk-full" && service.namespace === "data" && isOn(service, fault.target))
      sum.writeErrors = 0.35;
    if (fault.target !== service.name) continue;
    if (fault.scenario === "errors") {
      sum.errors += fault.strength;
      sum.latency *= 1 + 2 * fault.strength;
    }
    if (fault.scenario === "latency") {
      sum.latency *= fault.strength;
      sum.timeouts += 0.003;
    }
    if (fault.scenario === "traffic-spike") {
      sum.traffic *= fault.strength;
      sum.latency *= 1.3;
    }
  }
  return sum;
}

const isOn = (service: ServiceSpec, node: string): boolean => service.nodes.some((name) => name === node);

function newestDeploy(world: World, service: ServiceSpec, tMs: number): Deploy | undefined {
  return world.deploys.findLast((deploy) => deploy.service === service.name && deploy.fromMs <= tMs);
}

/** Load and strain of a service at a moment, before they are spread over its pods. */
function pressure(world: World, service: ServiceSpec, tMs: number) {
  const channels = CHANNELS.get(service.name)!;
  const slow = noise(world.seed, channels.traffic, tMs, 45 * MINUTE_MS);
  const quick = noise(world.seed, channels.traffic + 1, tMs, 4 * MINUTE_MS);
  const load = Math.max(0.02, rhythm(tMs, service.swing) * (1 + 0.09 * slow + 0.04 * quick));
  const own = Math.max(0, noise(world.seed, channels.stress, tMs, 70 * MINUTE_MS));
  const shared = Math.max(0, noise(world.seed, SHARED_STRESS, tMs, 190 * MINUTE_MS));
  const stress = 0.7 * own ** 3 + 0.3 * shared ** 3;
  const errors = 0.75 + stress * 2.2 + 0.3 * noise(world.seed, channels.errors, tMs, 25 * MINUTE_MS);
  return { load, latency: 0.9 + 0.1 * load + 0.12 * stress + 0.03 * quick, errors };
}

function routeState(
  spec: RouteSpec,
  service: ServiceSpec,
  perSecond: number,
  calm: { latency: number; errors: number },
  wrong: Disturbance,
): RouteState {
  const requestsPerSecond = perSecond * spec.share;
  const medianSeconds = spec.medianSeconds * calm.latency * wrong.latency;
  const steady = service.errorRatio * calm.errors;
  const writes = spec.method === "GET" ? 0 : wrong.writeErrors;
  const serverErrorRatio = Math.min(0.97, steady + wrong.errors + wrong.timeouts + writes);
  return {
    spec,
    requestsPerSecond,
    serverErrorRatio,
    timeoutShare: (0.15 * steady + wrong.timeouts) / (serverErrorRatio || 1),
    unavailableShare: (0.25 * steady + 0.2 * wrong.errors) / (serverErrorRatio || 1),
    clientErrorRatio: service.clientErrorRatio * (1 - serverErrorRatio),
    medianSeconds,
    meanSeconds: meanSeconds(medianSeconds),
    withinPerSecond: BUCKET_SECONDS.map((le) => requestsPerSecond * shareWithin(le, medianSeconds)),
  };
}

function memoryBytes(world: World, instance: Instance, tMs: number, load: number): number {
  const { service } = instance;
  const wobble = noise(world.seed, CHANNELS.get(service.name)!.memory, tMs, 12 * MINUTE_MS);
  const leaked = isLeaking(instance) ? (LEAK_BYTES_PER_DAY * leak(world, tMs).ageMs) / DAY_MS : 0;
  return service.memoryBytes * (0.94 + 0.06 * load + 0.02 * wobble) + leaked;
}

/** State of every pod of every service. A pod on a node that is down serves nothing; the others of its service take over. */
export function serviceStates(world: World, tMs: number, faults: Fault[]): InstanceState[] {
  const down = new Set(faults.filter((fault) => fault.scenario === "node-down").map((fault) => fault.target));
  return INSTANCES.map((instance) => {
    const { service } = instance;
    const release = newestDeploy(world, service, tMs);
    const up = !down.has(instance.node);
    const alive = service.nodes.filter((node) => !down.has(node)).length;
    const calm = pressure(world, service, tMs);
    const wrong = disturbance(service, faults);
    const perSecond = up ? (service.requestsPerSecond * calm.load * wrong.traffic) / alive : 0;
    const routes = service.routes.map((spec) => routeState(spec, service, perSecond, calm, wrong));
    const weigh = (read: (route: RouteState) => number) =>
      routes.reduce((sum, route) => sum + route.spec.share * read(route), 0);
    const mean = weigh((route) => route.meanSeconds);
    return {
      instance,
      up,
      version: release?.version ?? service.version,
      startedMs: release?.fromMs ?? world.startMs,
      requestsPerSecond: perSecond,
      errorRatio: weigh((route) => route.serverErrorRatio),
      medianSeconds: weigh((route) => route.medianSeconds),
      inFlight: Math.round(perSecond * mean),
      cpuCores: 0.02 + perSecond * service.cpuSecondsPerRequest,
      memoryBytes: memoryBytes(world, instance, tMs, calm.load),
      routes,
    };
  });
}
