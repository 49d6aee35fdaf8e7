import type { RealServer } from "#lib/server/testing/real-servers.ts";
import { arm, type Arm, type Bar } from "../report.ts";
import { type Answered, askHttp, askPanel, percentile, requireSamePanel } from "./clients.ts";
import { startNginx } from "./nginx.ts";
import { type Listener, startListener } from "./processes.ts";
import {
  A_DAY,
  A_MONTH,
  askDirect,
  byService,
  HOUR,
  HOUR_OF_MANY,
  rangePath,
  spanBefore,
  upstream,
  type Window,
} from "./world.ts";

const DASHBOARDS = [1, 10, 50, 200];
/** Two hundred dashboards of everything are more than Prometheus itself answers in its two minutes. */
const CROWDED = "s[0-9]";
const PATTERNS = { 10: "s[0-9]", 100: "s[0-9]{1,2}", 1000: "s[0-9]{1,3}" };
const WINDOWS = [HOUR_OF_MANY, A_DAY, A_MONTH];
const MEBIBYTE = 1024 * 1024;

/** What one arm of one round came to. */
interface Turn {
  ms: number[];
  queries: number;
  upstreamCpu: number;
  cpu: number;
  rssMiB: number;
  bytes: number;
}

type Ask = (nth: number) => Promise<Answered>;

/** So many at once, and what that cost on both sides. */
async function turn(prometheus: RealServer, listener: Listener, count: number, ask: Ask): Promise<Turn> {
  const [before, ours] = [await upstream(prometheus), await listener.usage()];
  const answers = await Promise.all(Array.from({ length: count }, (_, nth) => ask(nth)));
  const [after, usage] = [await upstream(prometheus), await listener.usage()];
  return {
    ms: answers.map(({ ms }) => ms),
    queries: after.queries - before.queries,
    upstreamCpu: after.cpuSeconds - before.cpuSeconds,
    cpu: usage.cpuSeconds - ours.cpuSeconds,
    rssMiB: usage.rssBytes / MEBIBYTE,
    bytes: answers.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

function armsOf(name: string, turns: readonly Turn[]): Arm[] {
  const of = (pick: (turn: Turn) => number) => turns.map(pick);
  return [
    arm(
      `${name}: p50`,
      "ms",
      of(({ ms }) => percentile(ms, 0.5)),
    ),
    arm(
      `${name}: p99`,
      "ms",
      of(({ ms }) => percentile(ms, 0.99)),
    ),
    arm(
      `${name}: upstream queries`,
      "",
      of(({ queries }) => queries),
    ),
    arm(
      `${name}: CPU of Prometheus`,
      "s",
      of(({ upstreamCpu }) => upstreamCpu),
    ),
    arm(
      `${name}: CPU of Burnline`,
      "s",
      of(({ cpu }) => cpu),
    ),
    arm(
      `${name}: memory of Burnline`,
      "MiB",
      of(({ rssMiB }) => rssMiB),
    ),
    arm(
      `${name}: bytes sent`,
      "bytes",
      of(({ bytes }) => bytes),
    ),
  ];
}

interface Servers {
  prometheus: RealServer;
  listener: Listener;
  nginx: { port: number } | null;
}

/** One question that nobody has asked yet, as each arm asks it. */
function questionOf(
  { prometheus, listener, nginx }: Servers,
  window: Window,
  pattern: string,
  nonce: string,
) {
  // An alternative that no series has makes it another query, and the answer no other.
  const query = byService(window, `${pattern}|${nonce}`);
  const clockMs = Date.now() - 20 * window.stepSeconds * 1000;
  const span = spanBefore(clockMs, window);
  const next = { ...span, startSeconds: span.startSeconds + span.stepSeconds };
  const path = rangePath(query, span);
  const gzip = { "accept-encoding": "gzip" };
  return {
    check: async () => {
      for (const one of [span, next]) {
        const direct = await askDirect(prometheus.url + rangePath(query, one));
        requireSamePanel(await askPanel(listener, 0, query, one), direct, `${window.name} ${query}`);
      }
    },
    direct: () => askHttp({ port: Number(new URL(prometheus.url).port), path, headers: gzip }),
    nginx: nginx && (() => askHttp({ port: nginx.port, path, headers: gzip })),
    panel: (nth: number) => askPanel(listener, nth, query, span),
    delta: (nth: number) => askPanel(listener, nth, query, next),
  };
}

/** One, ten, fifty, two hundred equal dashboards: each arm once a round, all of them cold, warm and moved on. */
async function crowds(servers: Servers, rounds: number): Promise<Arm[]> {
  const turns = new Map<string, Turn[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const count of DASHBOARDS) {
      const question = questionOf(servers, HOUR, CROWDED, `n${count}-${round}`);
      const take = async (name: string, ask: Ask) => {
        const key = `${count} dashboards, ${name}`;
        turns.set(key, [
          ...(turns.get(key) ?? []),
          await turn(servers.prometheus, servers.listener, count, ask),
        ]);
      };
      await take("Prometheus itself", question.direct);
      if (question.nginx) {
        await take("nginx cold", question.nginx);
        await take("nginx warm", question.nginx);
      }
      await take("Burnline cold", question.panel);
      await take("Burnline warm", question.panel);
      await take("Burnline moved on", question.delta);
      await question.check();
    }
  }
  return [...turns].flatMap(([name, all]) => armsOf(name, all));
}

/** One dashboard of ten, a hundred, a thousand services over an hour, a day, a month. */
async function sizes(servers: Servers, rounds: number): Promise<Arm[]> {
  const took = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const window of WINDOWS) {
      for (const [services, pattern] of Object.entries(PATTERNS)) {
        const question = questionOf(servers, window, pattern, `w${round}`);
        const take = async (name: string, ask: Ask) => {
          const key = `${services} services, ${window.name}, ${name}`;
          took.set(key, [...(took.get(key) ?? []), (await ask(0)).ms]);
        };
        await take("Prometheus itself", question.direct);
        await take("Burnline cold", question.panel);
        await take("Burnline warm", question.panel);
        await take("Burnline moved on", question.delta);
        await question.check();
      }
    }
  }
  return [...took].map(([name, ms]) => arm(name, "ms", ms));
}

/** Dashboards through the listener, against Prometheus itself and nginx in front of it. */
export async function benchDashboards(
  prometheus: RealServer,
  rounds: number,
): Promise<{ arms: Arm[]; bars: Bar[] }> {
  const listener = await startListener(prometheus.url);
  const nginx = await startNginx(prometheus.url);
  if (nginx === null) console.error("nginx is not installed: its arms are left out");
  try {
    const servers = { prometheus, listener, nginx };
    await questionOf(servers, HOUR, CROWDED, "warm-up").check();
    return { arms: [...(await crowds(servers, rounds)), ...(await sizes(servers, rounds))], bars: [] };
  } finally {
    await nginx?.stop();
    await listener.stop();
  }
}
