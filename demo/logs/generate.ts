import { momentAt } from "#demo/sim/moment.ts";
import { TICK_MS, type World } from "#demo/sim/world.ts";
import type { Interval, LogLine, Random } from "./log-line.ts";
import { nodeLines } from "./node-lines.ts";
import { serviceLines } from "./service-lines.ts";

/**
 * The cluster's lines of an interval, in order of time, at most one simulator tick of it at once. They follow
 * from the same moments as the metrics do, so an outage shows in both.
 */
export function linesOf(world: World, interval: Interval, density: number, random: Random): LogLine[] {
  const moment = momentAt(world, interval.fromMs);
  return [
    ...serviceLines(moment, interval, density, random),
    ...nodeLines(moment, interval, density, random),
  ].sort((a, b) => a.timestampMs - b.timestampMs);
}

/** An interval in pieces that end where the simulator's ticks do. */
export function* ticksOf({ fromMs, toMs }: Interval): Generator<Interval> {
  for (let at = fromMs; at < toMs;) {
    const next = Math.min(toMs, Math.floor(at / TICK_MS + 1) * TICK_MS);
    yield { fromMs: at, toMs: next };
    at = next;
  }
}
