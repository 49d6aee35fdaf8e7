import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createWorld } from "./script.ts";
import type { Series } from "./series.ts";
import { checkpointsIn, loadWorld, saveWorld } from "./state-folder.ts";

const world = createWorld({ seed: 7, birthMs: Date.UTC(2026, 10, 18), days: 2 });
const series = ["a_total", "b_total"].map((name): Series => ({
  name,
  labels: {},
  mode: "rate",
  whole: true,
  read: () => 1,
}));

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "burnline-state-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("the state folder", () => {
  it("gives back the world it was given, and none before", () => {
    expect(loadWorld(folder)).toBeNull();
    saveWorld(folder, world);
    expect(loadWorld(folder)).toEqual(world);
    expect(readdirSync(folder)).toEqual(["world.json"]);
  });

  it("refuses a world that another version of the demo counted", () => {
    writeFileSync(join(folder, "world.json"), JSON.stringify(world));
    expect(() => loadWorld(folder)).toThrow("start it in a new folder");
  });

  it("finds the newest checkpoint at or before a time, also in another process", () => {
    const writer = checkpointsIn(folder, world, series);
    expect(writer.before(1_000)).toBeNull();
    writer.save(100, Float64Array.of(1, 2));
    writer.save(200, Float64Array.of(3, 4));
    const reader = checkpointsIn(folder, world, series);
    expect(reader.before(99)).toBeNull();
    expect(reader.before(199)).toEqual({ tMs: 100, sums: Float64Array.of(1, 2) });
    expect(reader.before(200)).toEqual({ tMs: 200, sums: Float64Array.of(3, 4) });
  });

  it("keeps a checkpoint once, whoever comes past it again", () => {
    const checkpoints = checkpointsIn(folder, world, series);
    checkpoints.save(100, Float64Array.of(1, 2));
    checkpoints.save(100, Float64Array.of(9, 9));
    expect(checkpointsIn(folder, world, series).before(100)?.sums).toEqual(Float64Array.of(1, 2));
  });

  it("drops a record that a crash cut short, and writes on after it", () => {
    checkpointsIn(folder, world, series).save(100, Float64Array.of(1, 2));
    const [file] = readdirSync(folder);
    appendFileSync(join(folder, file!), Uint8Array.of(1, 2, 3, 4, 5));
    const after = checkpointsIn(folder, world, series);
    expect(after.before(500)?.tMs).toBe(100);
    after.save(200, Float64Array.of(3, 4));
    expect(checkpointsIn(folder, world, series).before(500)).toEqual({
      tMs: 200,
      sums: Float64Array.of(3, 4),
    });
  });

  it("does not take the sums of other series or of another world for its own", () => {
    checkpointsIn(folder, world, series).save(100, Float64Array.of(1, 2));
    expect(checkpointsIn(folder, world, series.toReversed()).before(500)).toBeNull();
    expect(checkpointsIn(folder, { ...world, seed: 8 }, series).before(500)).toBeNull();
  });
});
