import { channel, uniform } from "./noise.ts";
import { faultsAt, TICK_MS, type World } from "./world.ts";

/** The backup job starts every 20 minutes and takes four to eight. */
const EVERY_MS = 20 * 60_000;
const LENGTHS = channel("backup/length");
const LUCK = channel("backup/luck");
const FAILS = 0.006;

export const RECORDS_PER_RUN = 12_400;

export interface BackupRun {
  finishedMs: number;
  seconds: number;
  ok: boolean;
  recordsProcessed: number;
}

function run(world: World, index: number): BackupRun {
  const startMs = index * EVERY_MS;
  const ticks = 2 + Math.floor(3 * uniform(world.seed, LENGTHS, index));
  const finishedMs = startMs + ticks * TICK_MS;
  const blocked = faultsAt(world, finishedMs).some(
    ({ scenario, target }) => target === "nas1" && (scenario === "disk-full" || scenario === "node-down"),
  );
  const ok = !blocked && uniform(world.seed, LUCK, index) >= FAILS;
  const skipped = uniform(world.seed, LUCK + 1, index) < 0.03 ? 6 : 0;
  return {
    finishedMs,
    seconds: (ticks * TICK_MS) / 1000 - 100 * uniform(world.seed, LENGTHS + 1, index),
    ok,
    recordsProcessed: ok ? RECORDS_PER_RUN - skipped : Math.round(RECORDS_PER_RUN * 0.3),
  };
}

/** The newest run that had finished by `tMs`. */
export function newestRun(world: World, tMs: number): BackupRun {
  const index = Math.floor(tMs / EVERY_MS);
  const current = run(world, index);
  return current.finishedMs <= tMs ? current : run(world, index - 1);
}

/** When the last good run finished; looks back over at most three days. */
export function lastSuccessMs(world: World, tMs: number): number {
  let latest = newestRun(world, tMs);
  for (let back = 0; !latest.ok && back < 216; back++) latest = newestRun(world, latest.finishedMs - 1);
  return latest.finishedMs;
}
