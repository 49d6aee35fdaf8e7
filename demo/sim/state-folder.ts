import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Series } from "./series.ts";
import { sumsLength, type Checkpoints } from "./timeline.ts";
import { World } from "./world.ts";

/** Goes up when the same world comes to be counted otherwise: the counters that Prometheus holds must not fall. */
const FORMAT = 2;
const Kept = z.object({
  format: z.literal(FORMAT, "the world was kept by another version of the demo; start it in a new folder"),
});

/** The world that was kept in a folder, or null where there is none yet; throws when it is damaged or of another format. */
export function loadWorld(folder: string): World | null {
  const file = join(folder, "world.json");
  if (!existsSync(file)) return null;
  const kept: unknown = JSON.parse(readFileSync(file, "utf8"));
  Kept.parse(kept);
  return World.parse(kept);
}

/** Writes beside and renames, so that a crash leaves the old world or the new one. */
export function saveWorld(folder: string, world: World): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "world.json");
  writeFileSync(`${file}.new`, JSON.stringify({ format: FORMAT, ...world }, null, 2));
  renameSync(`${file}.new`, file);
}

/**
 * Checkpoints in an append-only file of fixed-size records (a time and every sum). A record cut short by a crash is
 * dropped; a file of another world or of other series has another name and is not read.
 */
export function checkpointsIn(folder: string, world: World, series: readonly Series[]): Checkpoints {
  const length = sumsLength(series);
  const identity = JSON.stringify([
    world.seed,
    world.startMs,
    length,
    series.map(({ name, labels }) => [name, labels]),
  ]);
  const file = join(folder, `sums-${createHash("sha256").update(identity).digest("hex").slice(0, 16)}.f64`);
  const size = 1 + length;
  const records = readRecords(file, size);
  return {
    before: (tMs) => {
      const record = records.findLast((candidate) => candidate[0]! <= tMs);
      return record ? { tMs: record[0]!, sums: record.subarray(1) } : null;
    },
    save: (tMs, sums) => {
      if (tMs <= (records.at(-1)?.[0] ?? 0)) return;
      const record = new Float64Array(size);
      record[0] = tMs;
      record.set(sums, 1);
      records.push(record);
      appendFileSync(file, new Uint8Array(record.buffer));
    },
  };
}

function readRecords(file: string, size: number): Float64Array[] {
  if (!existsSync(file)) return [];
  const bytes = readFileSync(file);
  const whole = Math.floor(bytes.length / 8 / size);
  const numbers = new Float64Array(whole * size);
  new Uint8Array(numbers.buffer).set(bytes.subarray(0, numbers.byteLength));
  if (numbers.byteLength < bytes.length) writeFileSync(file, new Uint8Array(numbers.buffer));
  return Array.from({ length: whole }, (_, index) => numbers.subarray(index * size, (index + 1) * size));
}
