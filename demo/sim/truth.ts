import { METRIC_PRESETS } from "#lib/domain/signals/presets.ts";
import type { Simulation } from "./simulation.ts";

const NAMES = METRIC_PRESETS.prometheus;

/** True counts of an interval. */
export interface Counts {
  total: number;
  /** Answered with a 5xx. */
  bad: number;
  /** Per bound of the duration histogram (its `le`), the requests that took longer. */
  slowerThan: Record<string, number>;
}

export interface Truth extends Counts {
  service: string;
  fromMs: number;
  toMs: number;
  routes: (Counts & { route: string; method: string; node: string })[];
}

/** What really happened to a service between two moments, as its counters would tell it to a scrape at both ends. */
export function truth(simulation: Simulation, service: string, fromMs: number, toMs: number): Truth {
  const from = simulation.timeline.valuesAt(fromMs);
  const to = simulation.timeline.valuesAt(toMs);
  const routes = new Map<string, Truth["routes"][number]>();
  for (const { target, series, first } of simulation.targets) {
    if (target.labels.service !== service) continue;
    series.forEach(({ name, labels }, offset) => {
      const { route, method } = labels;
      if (route === undefined || method === undefined) return;
      const node = target.labels.node!;
      const key = JSON.stringify([node, method, route]);
      const counts = routes.get(key) ?? { node, method, route, total: 0, bad: 0, slowerThan: {} };
      routes.set(key, counts);
      count(counts, name, labels, to[first + offset]! - from[first + offset]!);
    });
  }
  const all = [...routes.values()].map(slowerFromWithin);
  return { service, fromMs, toMs, ...total(all), routes: all };
}

/** Adds one series' growth; buckets are gathered as they are and turned round by `slowerFromWithin`. */
function count(counts: Counts, name: string, labels: Readonly<Record<string, string>>, growth: number): void {
  if (name === NAMES.requests) {
    counts.total += growth;
    if (labels.status?.startsWith("5")) counts.bad += growth;
  }
  if (name === `${NAMES.duration}_bucket`) counts.slowerThan[labels.le!] = growth;
}

function slowerFromWithin<T extends Counts>(counts: T): T {
  const { "+Inf": everything = 0, ...within } = counts.slowerThan;
  const slowerThan = Object.fromEntries(
    Object.entries(within).map(([le, growth]) => [le, everything - growth]),
  );
  return { ...counts, slowerThan };
}

function total(routes: Counts[]): Counts {
  const sum: Counts = { total: 0, bad: 0, slowerThan: {} };
  for (const route of routes) {
    sum.total += route.total;
    sum.bad += route.bad;
    for (const [le, slower] of Object.entries(route.slowerThan)) {
      sum.slowerThan[le] = (sum.slowerThan[le] ?? 0) + slower;
    }
  }
  return sum;
}
