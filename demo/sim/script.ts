import { serviceStates } from "./service-state.ts";
import { SERVICES } from "./services.ts";
import { DAY_MS, tickStart, TICK_MS, type Deploy, type Fault, type World } from "./world.ts";

const MINUTE_MS = 60_000;

/** checkout's target, and the part of its 30-day budget that the scripted outage spends. */
const CHECKOUT_BUDGET = 0.0005;
const OUTAGE_SPENDS = 1 / 3;
const OUTAGE_MINUTES = 24;

/** Requests per second of a service while nothing is wrong. */
function calmTraffic(world: World, service: string, tMs: number): number {
  return serviceStates(world, tMs, [])
    .filter(({ instance }) => instance.service.name === service)
    .reduce((sum, { requestsPerSecond }) => sum + requestsPerSecond, 0);
}

/** Fails as many of checkout's requests as make a third of the month's budget, whatever the traffic of that hour. */
function outage(world: World): Fault {
  const fromMs = tickStart(world.birthMs - 9 * DAY_MS);
  const toMs = fromMs + OUTAGE_MINUTES * MINUTE_MS;
  const mean = SERVICES.find(({ name }) => name === "checkout")!.requestsPerSecond;
  let requests = 0;
  for (let tMs = fromMs; tMs < toMs; tMs += TICK_MS) {
    requests += (calmTraffic(world, "checkout", tMs) * TICK_MS) / 1000;
  }
  const strength = (OUTAGE_SPENDS * CHECKOUT_BUDGET * mean * 30 * DAY_MS) / 1000 / requests;
  return { scenario: "errors", target: "checkout", fromMs, toMs, strength };
}

interface Release {
  service: string;
  version: string;
  daysAgo: number;
  /** What a bad release does until it is rolled back. */
  bad?: { scenario: "errors" | "latency"; strength: number; minutes: number };
}

const RELEASES: readonly Release[] = [
  { service: "auth", version: "5.5.0", daysAgo: 26.2 },
  { service: "media-store", version: "4.1.0", daysAgo: 24.9 },
  { service: "search", version: "3.9.0", daysAgo: 22.1 },
  {
    service: "search",
    version: "3.10.0",
    daysAgo: 16.3,
    bad: { scenario: "latency", strength: 7, minutes: 46 },
  },
  { service: "web", version: "7.3.0", daysAgo: 13.4 },
  { service: "checkout", version: "2.14.0", daysAgo: 11.2 },
  { service: "inference-gateway", version: "1.32.1", daysAgo: 7.8 },
  {
    service: "web",
    version: "7.4.0",
    daysAgo: 4.6,
    bad: { scenario: "errors", strength: 0.055, minutes: 34 },
  },
  { service: "search", version: "3.10.1", daysAgo: 3.3 },
  { service: "checkout", version: "2.14.1", daysAgo: 1.2 },
];

/** A new world with its scripted past: an outage, releases of which two were bad, and their rollbacks. */
export function createWorld(options: { seed: number; birthMs: number; days: number }): World {
  const { seed, birthMs, days } = options;
  const deploys: Deploy[] = [];
  const faults: Fault[] = [];
  const running = new Map(SERVICES.map(({ name, version }) => [name, version]));
  for (const { service, version, daysAgo, bad } of RELEASES) {
    const fromMs = tickStart(birthMs - daysAgo * DAY_MS);
    deploys.push({ service, version, fromMs });
    if (!bad) {
      running.set(service, version);
      continue;
    }
    const toMs = fromMs + bad.minutes * MINUTE_MS;
    faults.push({ scenario: bad.scenario, target: service, fromMs, toMs, strength: bad.strength });
    deploys.push({ service, version: running.get(service)!, fromMs: toMs + TICK_MS });
  }
  const startMs = tickStart(birthMs) - tickStart(days * DAY_MS);
  const world = { seed, birthMs, startMs, deploys, faults };
  return { ...world, faults: [...faults, outage(world)] };
}
