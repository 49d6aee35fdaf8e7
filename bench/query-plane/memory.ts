import type { RealServer } from "#lib/server/testing/real-servers.ts";
import { arm, atMost, type Arm, type Bar } from "../report.ts";
import type { Recorded, Weighed } from "./memory-child.ts";
import { askOnce } from "./processes.ts";
import { byService, HOUR, rangePath, spanBefore } from "./world.ts";

/** Large answers, and small ones, whose names and objects weigh more beside their numbers. */
const KINDS = [
  ["400 lines", ".+"],
  ["10 lines", "s[0-9]"],
  ["one line", "s1"],
] as const;

async function record({ url }: RealServer, name: string, pattern: string): Promise<Recorded> {
  const expr = byService(HOUR, pattern);
  const span = spanBefore(Date.now() - 600_000, HOUR);
  const ask = async (path: string) => (await fetch(url + path)).text();
  const time = `${span.startSeconds + 1_800}`;
  const vector = await ask(`/api/v1/query?${new URLSearchParams({ query: expr, time })}`);
  return { name, range: { body: await ask(rangePath(expr, span)), span }, vector };
}

/** What the caches weigh when real answers have filled them, against their bounds. */
export async function benchMemory(prometheus: RealServer): Promise<{ arms: Arm[]; bars: Bar[] }> {
  const weighed: Weighed[] = [];
  for (const [name, pattern] of KINDS) {
    const recorded = await record(prometheus, name, pattern);
    weighed.push(
      ...(await askOnce<Weighed[]>("bench/query-plane/memory-child.ts", ["--expose-gc"], recorded)),
    );
  }
  return {
    arms: weighed.map(({ name, grewMiB }) => arm(`full cache, ${name}`, "MiB", [grewMiB])),
    bars: weighed.map(({ name, grewMiB, boundMiB }) =>
      atMost(`full cache against its bound, ${name}`, grewMiB / boundMiB, 1.2, "x"),
    ),
  };
}
