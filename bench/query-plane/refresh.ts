import { gzipSync } from "node:zlib";
import http from "node:http";
import { letHeapGrow } from "#lib/server/heap.ts";
import { toChart } from "#lib/server/panels/chart.ts";
import { tellChart } from "#lib/server/query/sent-charts.ts";
import type { RealServer } from "#lib/server/testing/real-servers.ts";
import { median } from "../calibrate.ts";
import { arm, atLeast, atMost, type Arm, type Bar } from "../report.ts";
import {
  A_DAY,
  askDirect,
  byService,
  HOUR,
  planeOver,
  rangePath,
  SIX_HOURS,
  spanBefore,
  took,
  upstream,
  type Window,
} from "./world.ts";

/** The clock of the planes starts so long ago and moves on by a step a round: all that it sees was written long since. */
const behindMs = ({ stepSeconds }: Window, rounds: number) => (rounds + 6) * stepSeconds * 1000;
const DASHBOARDS = 200;
const KINDS = 10;
/** As the panels' endpoint compresses. */
const GZIP_LEVEL = 4;
const PANEL = `sum by (route) (rate(${HOUR.metric}[5m]))`;
const kind = (nth: number) => `sum(rate(${HOUR.metric}{route="r${nth % KINDS}"}[5m]))`;

/** What the plane answers is what Prometheus answers, number by number; a fast wrong answer is none. */
async function requireEqual({ url }: RealServer, window: Window): Promise<void> {
  const clock = { ms: Date.now() - behindMs(window, 4) };
  const ask = planeOver(url, clock);
  for (let tick = 0; tick < 4; tick += 1) {
    const { data } = await ask(byService(window), window);
    const { data: direct } = await askDirect(
      url + rangePath(byService(window), spanBefore(clock.ms, window)),
    );
    const ours = data.series.map(({ labels, values }) => [labels, values.filter((value) => value !== null)]);
    const theirs = direct.result.map(({ metric, values }) => [
      metric,
      values.map(([, text]) => Number(text)),
    ]);
    if (ours.length === 0 || JSON.stringify(ours) !== JSON.stringify(theirs)) {
      const at = ours.findIndex((line, nth) => JSON.stringify(line) !== JSON.stringify(theirs[nth]));
      const [mine, its] = [ours, theirs].map((lines) => JSON.stringify(lines[at]).slice(0, 500));
      throw new Error(`the plane's answer over ${window.name} is another one: ${mine}, not ${its}`);
    }
    clock.ms += window.stepSeconds * 1000;
  }
}

/** A heavy panel of one window, moved on by a step a round: all of it, its newest two points, and the plane's refresh. */
async function slide(
  prometheus: RealServer,
  window: Window,
  rounds: number,
): Promise<{ arms: Arm[]; bars: Bar[] }> {
  await requireEqual(prometheus, window);
  const clock = { ms: Date.now() - behindMs(window, rounds) };
  const heavy = byService(window);
  const sliding = planeOver(prometheus.url, clock);
  await sliding(heavy, window);
  const [direct, bare, refresh]: number[][] = [[], [], []];
  const ask = (points?: number) =>
    askDirect(prometheus.url + rangePath(heavy, spanBefore(clock.ms, window, points)));
  for (let round = 0; round < rounds; round += 1) {
    clock.ms += window.stepSeconds * 1000;
    direct!.push(await took(() => ask()));
    bare!.push(await took(() => ask(2)));
    refresh!.push(await took(() => sliding(heavy, window)));
  }
  const [d, b, r] = [direct!, bare!, refresh!].map(median) as [number, number, number];
  const { name } = window;
  return {
    arms: [
      arm(`heavy panel of ${name}, Prometheus itself`, "ms", direct!),
      arm(`heavy panel of ${name}, its newest two points`, "ms", bare!),
      arm(`heavy panel of ${name}, moved on by a step`, "ms", refresh!),
    ],
    bars: [
      atMost(`refresh of ${name} against two points`, r / b, 1.3, "x"),
      atLeast(`refresh of ${name} against all of it`, d / r, 12, "x"),
    ],
  };
}

/** Upstream queries of one tick of so many dashboards, each with one panel of so many kinds. */
async function queriesOfTick(prometheus: RealServer, dashboards: number, kinds: number): Promise<number> {
  const clock = { ms: Date.now() - behindMs(HOUR, 1) };
  const ask = planeOver(prometheus.url, clock);
  const tick = () =>
    Promise.all(Array.from({ length: dashboards }, (_, nth) => ask(kind(nth % kinds), HOUR)));
  await tick();
  clock.ms += HOUR.stepSeconds * 1000;
  const before = await upstream(prometheus);
  await tick();
  return (await upstream(prometheus)).queries - before.queries;
}

/** Two hundred who ask at once what nobody has asked before, against one direct query. */
async function herd({ url }: RealServer, rounds: number): Promise<{ arms: Arm[]; bars: Bar[] }> {
  const [one, all]: number[][] = [[], []];
  const clock = { ms: Date.now() - behindMs(HOUR, rounds) };
  const heavy = byService(HOUR);
  for (let round = 0; round < rounds; round += 1) {
    clock.ms += HOUR.stepSeconds * 1000;
    one!.push(await took(() => askDirect(url + rangePath(heavy, spanBefore(clock.ms, HOUR)))));
    const cold = planeOver(url, { ...clock });
    all!.push(await took(() => Promise.all(Array.from({ length: DASHBOARDS }, () => cold(heavy, HOUR)))));
  }
  return {
    arms: [arm(`${DASHBOARDS} at once ask a cold plane`, "ms", all!)],
    bars: [atMost("a cold herd against one query", median(all!) / median(one!), 1.2, "x")],
  };
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
async function bytesOf({ url }: RealServer): Promise<{ direct: number; first: number; refresh: number }> {
  const clock = { ms: Date.now() - behindMs(HOUR, 1) };
  const ask = planeOver(url, clock);
  const chart = async () =>
    toChart((await ask(PANEL, HOUR)).data, { unit: "perSecond", nameOf: ({ route }) => route ?? "" });
  const bytes = (told: object) => gzipSync(JSON.stringify(told), { level: GZIP_LEVEL }).length;
  const first = tellChart(await chart(), undefined);
  const direct = await gzipBytes(url + rangePath(PANEL, spanBefore(clock.ms, HOUR)));
  clock.ms += HOUR.stepSeconds * 1000;
  return { direct, first: bytes(first), refresh: bytes(tellChart(await chart(), first.answerId)) };
}

/** The plane itself: what moves on, what is asked at once, what is sent. */
export async function benchRefresh(
  prometheus: RealServer,
  rounds: number,
): Promise<{ arms: Arm[]; bars: Bar[] }> {
  letHeapGrow();
  const windows = [];
  for (const window of [HOUR, SIX_HOURS, A_DAY]) windows.push(await slide(prometheus, window, rounds));
  const crowd = await herd(prometheus, rounds);
  const [one, many] = [await queriesOfTick(prometheus, 1, 1), await queriesOfTick(prometheus, DASHBOARDS, 1)];
  const [ten, tens] = [
    await queriesOfTick(prometheus, KINDS, KINDS),
    await queriesOfTick(prometheus, DASHBOARDS, KINDS),
  ];
  const bytes = await bytesOf(prometheus);
  return {
    arms: [
      ...windows.flatMap(({ arms }) => arms),
      ...crowd.arms,
      arm("upstream queries of a tick, 200 dashboards", "", [many]),
      arm("upstream queries of a tick, 200 of 10 kinds", "", [tens]),
      arm("panel of 10 lines, Prometheus' gzip", "bytes", [bytes.direct]),
      arm("panel of 10 lines, first load", "bytes", [bytes.first]),
      arm("panel of 10 lines, refresh", "bytes", [bytes.refresh]),
    ],
    bars: [
      ...windows.flatMap(({ bars }) => bars),
      ...crowd.bars,
      atMost("queries of 200 equal dashboards against 1", many / one, 1.1, "x"),
      atMost("queries of 200 of 10 kinds against 10", tens / ten, 1.1, "x"),
      atMost("first load against Prometheus' gzip", bytes.first / bytes.direct, 0.55, "x"),
      atMost("refresh against Prometheus' gzip", bytes.refresh / bytes.direct, 0.05, "x"),
    ],
  };
}
