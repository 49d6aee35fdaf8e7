import fc from "fast-check";
import { expect, it } from "vitest";
import { inject } from "./fault-requests.ts";
import { createWorld } from "./script.ts";
import { simulate } from "./simulation.ts";
import { keptCheckpoints } from "./testing.ts";
import { tickStart } from "./world.ts";

const BIRTH_MS = Date.UTC(2026, 10, 18, 15, 7, 31);
const SPAN_MS = 3 * 3_600_000;
const world = createWorld({ seed: 7, birthMs: BIRTH_MS, days: 1 });
world.startMs = tickStart(BIRTH_MS - SPAN_MS);
inject(world, { scenario: "errors", target: "checkout" }, BIRTH_MS - SPAN_MS / 3);
inject(world, { scenario: "latency", target: "web" }, BIRTH_MS - SPAN_MS / 2);
const simulation = simulate(world, keptCheckpoints());

/** Growth of what a route's clients are told: buckets in the order of `le`, the count, and the requests of all statuses. */
interface Growth {
  buckets: number[];
  count: number;
  requests: number;
}

function growthByRoute(fromMs: number, toMs: number): Map<string, Growth> {
  const [from, to] = [simulation.timeline.valuesAt(fromMs), simulation.timeline.valuesAt(toMs)];
  const routes = new Map<string, Growth>();
  for (const { target, series, first } of simulation.targets) {
    series.forEach(({ name, labels: { method, route } }, offset) => {
      if (!name.startsWith("http_") || route === undefined) return;
      const key = `${target.path} ${method} ${route}`;
      const growth = routes.get(key) ?? { buckets: [], count: 0, requests: 0 };
      routes.set(key, growth);
      const by = to[first + offset]! - from[first + offset]!;
      if (name.endsWith("_bucket")) growth.buckets.push(by);
      if (name.endsWith("_count")) growth.count += by;
      if (name === "http_requests_total") growth.requests += by;
    });
  }
  return routes;
}

it("tells the same number of requests in buckets, count and statuses, between any two moments", () => {
  const time = fc.integer({ min: world.startMs, max: BIRTH_MS });
  fc.assert(
    fc.property(time, fc.oneof(time, fc.integer({ min: 0, max: 60_000 })), (a, other) => {
      const b = other < world.startMs ? Math.min(BIRTH_MS, a + other) : other;
      const routes = growthByRoute(Math.min(a, b), Math.max(a, b));
      expect(routes.size).toBe(25);
      for (const [route, { buckets, count, requests }] of routes) {
        expect(buckets, route).toHaveLength(10);
        expect(buckets[0], route).toBeGreaterThanOrEqual(0);
        expect(buckets, route).toEqual(buckets.toSorted((x, y) => x - y));
        expect([buckets.at(-1), requests], route).toEqual([count, count]);
      }
    }),
    { numRuns: 60 },
  );
});
