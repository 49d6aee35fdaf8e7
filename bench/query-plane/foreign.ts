import { setTimeout as sleep } from "node:timers/promises";
import type { RealServer } from "#lib/server/testing/real-servers.ts";
import { median } from "../calibrate.ts";
import { arm, atLeast, atMost, type Arm, type Bar } from "../report.ts";
import { asClient, askHttp } from "./clients.ts";
import { startNginx } from "./nginx.ts";
import { askRaw, type Listener, startListener, startLoad } from "./processes.ts";
import {
  A_DAY,
  A_MONTH,
  byService,
  HOUR,
  HOUR_OF_MANY,
  rangePath,
  spanBefore,
  type Window,
} from "./world.ts";

const LONG_ENOUGH_MS = 20;
const WARMING = 200;
const CONNECTIONS = 48;
const BURST_MS = 1_000;
/** A server that has answered for a while is compiled. */
const JIT_BURSTS = 15;

const PASSED: readonly (readonly [string, Window, string])[] = [
  ["1 service", HOUR, "s1"],
  ["10 services", HOUR_OF_MANY, "s[0-9]"],
  ["100 services", HOUR_OF_MANY, "s[0-9]{1,2}"],
  ["400 services", HOUR, ".+"],
  ["100 services", A_DAY, "s[0-9]{1,2}"],
  ["1,000 services", A_MONTH, ".+"],
];

/** A listener that has passed answers on for a while is compiled, as Prometheus is from its first. */
async function warmUp(listener: Listener): Promise<void> {
  const expr = byService(HOUR, "s1");
  for (let nth = 0; nth < WARMING; nth += 1) {
    const path = rangePath(expr, spanBefore(Date.now() - 900_000, HOUR), 1 + nth / WARMING);
    await askHttp({ port: listener.port, path: `/api/prometheus${path}`, headers: asClient(listener, 0) });
  }
}

/**
 * Questions off their grid, which are never kept: asked directly and through us in turns, with bodies equal byte by byte.
 * Of each pair counts what the one took more than the other, since both met the same moment of the machine.
 */
async function passThrough(prometheus: RealServer, listener: Listener, rounds: number) {
  const port = Number(new URL(prometheus.url).port);
  const arms: Arm[] = [];
  const [long, short]: number[][] = [[], []];
  await warmUp(listener);
  for (const [name, window, pattern] of PASSED) {
    const [direct, through]: number[][] = [[], []];
    for (let round = 0; round < rounds * 4; round += 1) {
      const path = rangePath(
        byService(window, pattern),
        spanBefore(Date.now() - 600_000, window),
        1 + round / 100,
      );
      const askDirect = () => askHttp({ port, path });
      const askThrough = () =>
        askHttp({ port: listener.port, path: `/api/prometheus${path}`, headers: asClient(listener, 0) });
      const [one, other] = round % 2 === 0 ? [askDirect, askThrough] : [askThrough, askDirect];
      const [first, second] = [await one(), await other()];
      if (first.body !== second.body) throw new Error(`what passed through for ${name} is another answer`);
      direct!.push(round % 2 === 0 ? first.ms : second.ms);
      through!.push(round % 2 === 0 ? second.ms : first.ms);
    }
    const pairs = direct!.map((ms, round) => [ms, through![round] ?? NaN] as const);
    if (median(direct!) >= LONG_ENOUGH_MS) long!.push(median(pairs.map(([d, t]) => t / d)));
    else short!.push(median(pairs.map(([d, t]) => t - d)));
    arms.push(arm(`${name}, ${window.name}, Prometheus itself`, "ms", direct!));
    arms.push(arm(`${name}, ${window.name}, passed through`, "ms", through!));
  }
  const bars = [
    ...(long!.length > 0 ? [atMost("pass-through of 20 ms and more", Math.max(...long!), 1.15, "x")] : []),
    ...(short!.length > 0
      ? [atMost("pass-through of less than 20 ms", Math.max(...short!), 2, "ms more")]
      : []),
  ];
  return { arms, bars };
}

/** A kept answer as fast as a second process can ask for it, ours and nginx', in turns. */
async function cached(prometheus: RealServer, listener: Listener, rounds: number) {
  const nginx = await startNginx(prometheus.url);
  const load = await startLoad();
  const path = rangePath(byService(HOUR, "s1"), spanBefore(Date.now() - 600_000, HOUR));
  const head = (target: string) => `GET ${target} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n`;
  const request = (nth: number) => {
    const { authorization, "x-forwarded-for": address } = asClient(listener, nth);
    return `${head(`/api/prometheus${path}`)}Authorization: ${authorization}\r\nX-Forwarded-For: ${address}\r\n\r\n`;
  };
  const [ours, theirs]: number[][] = [[], []];
  try {
    const direct = await askHttp({ port: Number(new URL(prometheus.url).port), path });
    const burst = async (port: number, requests: string[]) => {
      for (const one of requests) await askRaw(port, one);
      const { wireBytes } = await askRaw(port, requests[0] ?? "");
      const { answers, seconds } = await load.run({ port, requests, answerBytes: wireBytes, ms: BURST_MS });
      return answers / seconds;
    };
    for (let round = -JIT_BURSTS; round < rounds; round += 1) {
      const requests = Array.from({ length: CONNECTIONS }, (_, nth) => request(nth));
      const perSecond = await burst(listener.port, requests);
      if (round >= 0) ours!.push(perSecond);
      if (!nginx || round < -1) continue;
      const plain = Array.from({ length: CONNECTIONS }, () => `${head(path)}\r\n`);
      const itsPerSecond = await burst(nginx.port, plain);
      if (round >= 0) theirs!.push(itsPerSecond);
      await sleep(50);
    }
    const again = await askHttp({
      port: listener.port,
      path: `/api/prometheus${path}`,
      headers: asClient(listener, 1),
    });
    if (again.body !== direct.body) throw new Error("a kept answer is another one");
  } finally {
    await load.stop();
    await nginx?.stop();
  }
  const arms = [arm("a kept answer, Burnline", "/s", ours!)];
  if (!nginx) return { arms, bars: [] };
  const ratio = median(ours!) / median(theirs!);
  return {
    arms: [...arms, arm("a kept answer, nginx", "/s", theirs!)],
    bars: [atLeast("a kept answer against nginx", ratio, 0.5, "x")],
  };
}

/** What foreign clients get: whatever passes through, and what is kept. */
export async function benchForeign(
  prometheus: RealServer,
  rounds: number,
): Promise<{ arms: Arm[]; bars: Bar[] }> {
  const listener = await startListener(prometheus.url);
  try {
    const parts = [
      await passThrough(prometheus, listener, rounds),
      await cached(prometheus, listener, rounds),
    ];
    return { arms: parts.flatMap(({ arms }) => arms), bars: parts.flatMap(({ bars }) => bars) };
  } finally {
    await listener.stop();
  }
}
