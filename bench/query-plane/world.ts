import { performance } from "node:perf_hooks";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { QUERY_LIMITS } from "#lib/server/query/limits.ts";
import { QueryPlane } from "#lib/server/query/plane.ts";
import { guardPerSource } from "#lib/server/query/upstream-guard.ts";
import { type RealServer, startPrometheus } from "#lib/server/testing/real-servers.ts";
import { TAKES_REMOTE_WRITE, writeSeries } from "#lib/server/testing/write-series.ts";

const SERVICES = 400;
const ROUTES = 10;
const MANY_SERVICES = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A metric's past, as fine and as long as its windows need. */
interface Past {
  name: string;
  services: number;
  routes: number;
  everyMs: number;
  pastMs: number;
}
const HOURLY: Past = {
  name: "requests_total",
  services: SERVICES,
  routes: ROUTES,
  everyMs: 15_000,
  pastMs: 100 * MINUTE_MS,
};
const PASTS: readonly Past[] = [
  HOURLY,
  {
    name: "day_requests_total",
    services: MANY_SERVICES,
    routes: 2,
    everyMs: MINUTE_MS,
    pastMs: 26 * HOUR_MS,
  },
  { name: "month_requests_total", services: MANY_SERVICES, routes: 1, everyMs: HOUR_MS, pastMs: 33 * DAY_MS },
];
/** Weeks are written at once: the head holds them all, and nothing is compacted while the bench runs. */
const ONE_HEAD = [
  "--storage.tsdb.min-block-duration=90d",
  "--storage.tsdb.max-block-duration=90d",
  "--storage.tsdb.retention.time=90d",
];

/** A window as a page shows it. */
export interface Window {
  name: string;
  metric: string;
  /** The span of the query's rates. */
  rate: string;
  stepSeconds: number;
  points: number;
}
export const HOUR: Window = { name: "1 h", metric: HOURLY.name, rate: "5m", stepSeconds: 15, points: 240 };
const DAY = { metric: "day_requests_total", rate: "5m" };
export const HOUR_OF_MANY: Window = { ...DAY, name: "1 h", stepSeconds: 15, points: 240 };
export const SIX_HOURS: Window = { ...DAY, name: "6 h", stepSeconds: 60, points: 360 };
export const A_DAY: Window = { ...DAY, name: "24 h", stepSeconds: 300, points: 288 };
export const A_MONTH: Window = {
  name: "30 d",
  metric: "month_requests_total",
  rate: "6h",
  stepSeconds: 21_600,
  points: 120,
};

/** A line for each service that a pattern names. */
export function byService({ metric, rate }: Window, pattern = ".+"): string {
  return `sum by (service) (rate(${metric}{service=~"${pattern}"}[${rate}]))`;
}

/** A Prometheus with an hour of 4,000 series, a day of 2,000 and a month of 1,000. */
export async function startWorld(): Promise<RealServer> {
  const prometheus = await startPrometheus({ flags: [TAKES_REMOTE_WRITE, ...ONE_HEAD] });
  for (const past of PASTS) await writePast(prometheus.url, past);
  return prometheus;
}

async function writePast(url: string, { name, services, routes, everyMs, pastMs }: Past): Promise<void> {
  const series = Array.from({ length: services * routes }, (_, nth) => {
    const rate = 1 + (nth % 97) / 10;
    const labels = { service: `s${Math.floor(nth / routes)}`, route: `r${nth % routes}` };
    // Counters that fall back to zero now and then, as those of pods do.
    const resetMs = everyMs * 240;
    return { name, labels, valueAt: (tMs: number) => Math.floor((rate * (tMs % resetMs)) / 1000) };
  });
  const toMs = Math.floor(Date.now() / everyMs) * everyMs;
  await writeSeries(url, series, { fromMs: toMs - pastMs, toMs, stepMs: everyMs });
}

export interface Span {
  startSeconds: number;
  stepSeconds: number;
  points: number;
}

/** The last points of a window before a clock, on the grid that the plane asks on. */
export function spanBefore(clockMs: number, { stepSeconds, points: all }: Window, points = all): Span {
  const last = Math.floor(clockMs / 1000 / stepSeconds) * stepSeconds;
  return { startSeconds: last - (points - 1) * stepSeconds, stepSeconds, points };
}

/** Path and parameters of Prometheus' own API; `aside` moves the span off its grid. */
export function rangePath(expr: string, { startSeconds, stepSeconds, points }: Span, aside = 0): string {
  const end = startSeconds + (points - 1) * stepSeconds;
  const times = { start: `${startSeconds + aside}`, end: `${end + aside}`, step: `${stepSeconds}` };
  return `/api/v1/query_range?${new URLSearchParams({ query: expr, ...times })}`;
}

/** A plane of its own, whose clock the bench moves, over a real Prometheus. */
export function planeOver(url: string, clock: { ms: number }) {
  const source = { kind: "prometheus", name: "bench", url } as const;
  const guard = { maxConcurrent: 8, maxWaiting: 1_000, failuresToOpen: 5, openMs: 1_000 };
  const plane = new QueryPlane({
    sources: () => [source],
    nowMs: () => clock.ms,
    limits: QUERY_LIMITS,
    guardOf: guardPerSource(guard),
  });
  return (expr: string, window: Window) => {
    const { startSeconds, stepSeconds } = spanBefore(clock.ms, window);
    const range = { fromMs: startSeconds * 1000, toMs: clock.ms, stepSeconds };
    return plane.range({ actor: SYSTEM_ACTOR, signal: AbortSignal.timeout(60_000) }, { expr, ...range });
  };
}

export async function took(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}

export interface Direct {
  data: { result: { metric: Record<string, string>; values: [number, string][] }[] };
}

export const askDirect = async (url: string) => (await (await fetch(url)).json()) as Direct;

/** How many range queries Prometheus has answered so far, and the CPU time it has had. */
export async function upstream({ url }: RealServer): Promise<{ queries: number; cpuSeconds: number }> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const sumOf = (pattern: RegExp) =>
    (text.match(pattern) ?? []).reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
  return {
    queries: sumOf(/^prometheus_http_requests_total\{[^}]*handler="\/api\/v1\/query_range"[^}]*\} \S+/gm),
    cpuSeconds: sumOf(/^process_cpu_seconds_total \S+/gm),
  };
}
