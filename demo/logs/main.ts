import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { World } from "#demo/sim/world.ts";
import { linesOf, ticksOf } from "./generate.ts";
import { LokiWriter } from "./loki-writer.ts";
import { newestLineMs } from "./newest-line.ts";
import { fetchWorld } from "./world-client.ts";

const PACE_MS = 1_000;
const WORLD_EVERY_MS = 2_000;
const PAST_MS = 6 * 3_600_000;
const PAST_DENSITY = 0.15;
const RETRY_MS = 1_000;
/** After a pause of this machine the time in between is skipped rather than told at full density. */
const MAX_CATCH_UP_MS = 60_000;

const settings = z
  .object({
    LOKI_URL: z.url({ protocol: /^https?$/ }),
    SIM_URL: z.url({ protocol: /^https?$/ }),
  })
  .parse(process.env);

for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => process.exit(0));

let lastReport = "";
/** Says a trouble once, not at every retry. */
function report(text: string): void {
  if (text !== lastReport) console.error(text);
  lastReport = text;
}

async function untilItWorks<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      report((error as Error).message);
      await sleep(RETRY_MS);
    }
  }
}

const writer = new LokiWriter(settings.LOKI_URL, report);
let world: World = await untilItWorks(() => fetchWorld(settings.SIM_URL));
let atMs = Date.now();
const pastMs = Math.max(atMs - PAST_MS, world.startMs);
const toldUntilMs = await untilItWorks(() => newestLineMs(settings.LOKI_URL, pastMs, atMs));
for (const tick of ticksOf({ fromMs: toldUntilMs + 1, toMs: atMs })) {
  writer.write(linesOf(world, tick, PAST_DENSITY, Math.random));
  await writer.idle();
}
console.log(JSON.stringify({ event: "ready" }));

let worldAtMs = 0;
for (;;) {
  await sleep(PACE_MS);
  const nowMs = Date.now();
  if (nowMs - worldAtMs > WORLD_EVERY_MS) {
    worldAtMs = nowMs;
    world = await fetchWorld(settings.SIM_URL).catch((error: Error) => {
      report(error.message);
      return world;
    });
  }
  const fromMs = Math.max(atMs, nowMs - MAX_CATCH_UP_MS);
  for (const tick of ticksOf({ fromMs, toMs: nowMs })) writer.write(linesOf(world, tick, 1, Math.random));
  atMs = nowMs;
}
