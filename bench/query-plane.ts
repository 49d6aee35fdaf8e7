import http from "node:http";
import { performance } from "node:perf_hooks";
import { gzipSync } from "node:zlib";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { toChart } from "#lib/server/panels/chart.ts";
import { QUERY_LIMITS } from "#lib/server/query/limits.ts";
import { QueryPlane } from "#lib/server/query/plane.ts";
import { tellChart } from "#lib/server/query/sent-charts.ts";
import { guardPerSource } from "#lib/server/query/upstream-guard.ts";
import { type RealServer, startPrometheus } from "#lib/server/testing/real-servers.ts";
import { TAKES_REMOTE_WRITE, writeSeries } from "#lib/server/testing/write-series.ts";
import { median } from "./calibrate.ts";
import { arm, atLeast, atMost, type Arm, type Bar } from "./report.ts";

const SERVICES = 400;
const ROUTES = 10;
const STEP_SECONDS = 15;
const POINTS = 240;
const PAST_MS = 100 * 60_000;
/** The clock of the planes starts so long ago and moves on by a step a round: all that it sees was written long since. */
const BEHIND_MS = 25 * 60_000;
const DASHBOARDS = 200;
const KINDS = 10;
/** As the panels' endpoint compresses. */
const GZIP_LEVEL = 4;

const HEAVY = "sum by (service) (rate(requests_total[5m]))";
const PANEL = "sum by (route) (rate(requests_total[5m]))";
const kind = (nth: number) => `sum(rate(requests_total{route="r${nth % KINDS}"}[5m]))`;

interface Span {
  startSeconds: number;
  points: number;
}

/** The last hour before a clock, on the grid that the plane asks on. */
function hourBefore(clockMs: number, points = POINTS): Span {
  const last = Math.floor(clockMs / 1000 / STEP_SECONDS) * STEP_SECONDS;
  return { startSeconds: last - (points - 1) * STEP_SECONDS, points };
}

function rangeUrl({ url }: RealServer, expr: string, { startSeconds, points }: Span): string {
  const end = startSeconds + (points - 1) * STEP_SECONDS;
  const query = { query: expr, start: `${startSeconds}`, end: `${end}`, step: `${STEP_SECONDS}` };
  return `${url}/api/v1/query_range?${new URLSearchParams(query)}`;
}

const STEP_MS = STEP_SECONDS * 1000;
/** All series up to one time, then all up to the next: what lies far behind the newest sample is refused. */
const TICKS_AT_ONCE = 40;

async function writeWorld({ url }: RealServer): Promise<void> {
  const series = Array.from({ length: SERVICES * ROUTES }, (_, nth) => {
    const rate = 1 + (nth % 97) / 10;
    const labels = { service: `s${Math.floor(nth / ROUTES)}`, route: `r${nth % ROUTES}` };
    // Counters that fall back to zero now and then, as those of pods do.
    const valueAt = (tMs: number) => Math.floor((rate * (tMs % 3_600_000)) / 1000);
    return { name: "requests_total", labels, valueAt };
  });
  const nowMs = Date.now();
  for (let ago = PAST_MS / STEP_MS; ago > 0; ago -= TICKS_AT_ONCE) {
    const toMs = nowMs - Math.max(0, ago - TICKS_AT_ONCE) * STEP_MS;
    await writeSeries(url, series, { fromMs: toMs - (TICKS_AT_ONCE - 1) * STEP_MS, toMs, stepMs: STEP_MS });
  }
}

/** A plane of its own, whose clock the bench moves, over a real Prometheus. */
function planeOver(prometheus: RealServer, clock: { ms: number }) {
  const source = { kind: "prometheus", name: "bench", url: prometheus.url } as const;
  const guard = { maxConcurrent: 8, maxWaiting: 1_000, failuresToOpen: 5, openMs: 1_000 };
  const plane = new QueryPlane({
    sources: () => [source],
    nowMs: () => clock.ms,
    limits: QUERY_LIMITS,
    guardOf: guardPerSource(guard),
  });
  return (expr: string) => {
    const { startSeconds } = hourBefore(clock.ms);
    const range = { fromMs: startSeconds * 1000, toMs: clock.ms, stepSeconds: STEP_SECONDS };
    return plane.range({ actor: SYSTEM_ACTOR, signal: AbortSignal.timeout(60_000) }, { expr, ...range });
  };
}

async function took(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}

interface Direct {
  data: { result: { metric: Record<string, string>; values: [number, string][] }[] };
}

const askDirect = async (url: string) => (await (await fetch(url)).json()) as Direct;

/** What the plane answers is what Prometheus answers, number by number; a fast wrong answer is none. */
async function requireEqual(prometheus: RealServer, clock: { ms: number }): Promise<void> {
  const ask = planeOver(prometheus, clock);
  for (let tick = 0; tick < 4; tick += 1) {
    const { data } = await ask(HEAVY);
    const { data: direct } = await askDirect(rangeUrl(prometheus, HEAVY, hourBefore(clock.ms)));
    const ours = data.series.map(({ labels, values }) => [labels, values]);
    const theirs = direct.result.map(({ metric, values }) => [
      metric,
      values.map(([, text]) => Number(text)),
    ]);
    if (JSON.stringify(ours) !== JSON.stringify(theirs)) throw new Error("the plane's answer is another one");
    clock.ms += STEP_MS;
  }
}

/** How many range queries Prometheus has answered so far. */
async function asked({ url }: RealServer): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.match(
    /^prometheus_http_requests_total\{[^}]*handler="\/api\/v1\/query_range"[^}]*\} \d+/gm,
  );
  return (lines ?? []).reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
}

/** Upstream queries of one tick of so many dashboards, each with one panel of so many kinds. */
async function queriesOfTick(prometheus: RealServer, dashboards: number, kinds: number): Promise<number> {
  const clock = { ms: Date.now() - BEHIND_MS };
  const ask = planeOver(prometheus, clock);
  const tick = () => Promise.all(Array.from({ length: dashboards }, (_, nth) => ask(kind(nth % kinds))));
  await tick();
  clock.ms += STEP_MS;
  const before = await asked(prometheus);
  await tick();
  return (await asked(prometheus)) - before;
}

/** Bytes on the wire of an answer that is asked for compressed. */
function gzipBytes(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { headers: { "accept-encoding": "gzip" } }, (response) => {
      let bytes = 0;
      response.on("data", (chunk: Buffer) => (bytes += chunk.length)).on("end", () => resolve(bytes));
    });
    request.on("error", reject);
  });
}

/** First load and refresh of a panel as the endpoint tells them, against Prometheus' own answer, compressed. */
async function bytesOf(prometheus: RealServer): Promise<{ direct: number; first: number; refresh: number }> {
  const clock = { ms: Date.now() - BEHIND_MS };
  const ask = planeOver(prometheus, clock);
  const chart = async () =>
    toChart((await ask(PANEL)).data, { unit: "perSecond", nameOf: ({ route }) => route ?? "" });
  const bytes = (told: object) => gzipSync(JSON.stringify(told), { level: GZIP_LEVEL }).length;
  const first = tellChart(await chart(), undefined);
  const direct = await gzipBytes(rangeUrl(prometheus, PANEL, hourBefore(clock.ms)));
  clock.ms += STEP_MS;
  return { direct, first: bytes(first), refresh: bytes(tellChart(await chart(), first.answerId)) };
}

/** The query plane over a real Prometheus with 4,000 series: what moves on, what is asked at once, what is sent. */
export async function benchQueryPlane(rounds: number): Promise<{ arms: Arm[]; bars: Bar[] }> {
  const prometheus = await startPrometheus({ flags: [TAKES_REMOTE_WRITE] });
  try {
    await writeWorld(prometheus);
    await requireEqual(prometheus, { ms: Date.now() - BEHIND_MS });
    const clock = { ms: Date.now() - BEHIND_MS };
    const sliding = planeOver(prometheus, clock);
    await sliding(HEAVY);
    const [direct, bare, refresh, herd]: number[][] = [[], [], [], []];
    for (let round = 0; round < Math.max(rounds, 5); round += 1) {
      clock.ms += STEP_MS;
      const [all, two] = [hourBefore(clock.ms), hourBefore(clock.ms, 2)];
      direct!.push(await took(() => askDirect(rangeUrl(prometheus, HEAVY, all))));
      bare!.push(await took(() => askDirect(rangeUrl(prometheus, HEAVY, two))));
      refresh!.push(await took(() => sliding(HEAVY)));
      const cold = planeOver(prometheus, { ms: clock.ms });
      herd!.push(await took(() => Promise.all(Array.from({ length: DASHBOARDS }, () => cold(HEAVY)))));
    }
    const [one, many] = [
      await queriesOfTick(prometheus, 1, 1),
      await queriesOfTick(prometheus, DASHBOARDS, 1),
    ];
    const [ten, tens] = [
      await queriesOfTick(prometheus, KINDS, KINDS),
      await queriesOfTick(prometheus, DASHBOARDS, KINDS),
    ];
    const bytes = await bytesOf(prometheus);
    const [d, b, r, h] = [direct!, bare!, refresh!, herd!].map(median) as [number, number, number, number];
    return {
      arms: [
        arm("heavy panel, Prometheus itself", "ms", direct!),
        arm("its newest two points, Prometheus itself", "ms", bare!),
        arm("heavy panel moved on by a step, Burnline", "ms", refresh!),
        arm(`${DASHBOARDS} at once ask a cold Burnline`, "ms", herd!),
        arm("upstream queries of a tick, 200 dashboards", "", [many]),
        arm("upstream queries of a tick, 200 of 10 kinds", "", [tens]),
        arm("panel of 10 lines, Prometheus' gzip", "bytes", [bytes.direct]),
        arm("panel of 10 lines, first load", "bytes", [bytes.first]),
        arm("panel of 10 lines, refresh", "bytes", [bytes.refresh]),
      ],
      bars: [
        atMost("sliding refresh against two points", r / b, 1.3, "x"),
        atLeast("sliding refresh against all of it", d / r, 12, "x"),
        atMost("a cold herd against one query", h / d, 1.2, "x"),
        atMost("queries of 200 equal dashboards against 1", many / one, 1.1, "x"),
        atMost("queries of 200 of 10 kinds against 10", tens / ten, 1.1, "x"),
        atMost("first load against Prometheus' gzip", bytes.first / bytes.direct, 0.55, "x"),
        atMost("refresh against Prometheus' gzip", bytes.refresh / bytes.direct, 0.05, "x"),
      ],
    };
  } finally {
    await prometheus.remove();
  }
}
