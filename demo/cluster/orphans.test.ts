import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { stopOrphans } from "./orphans.ts";
import { processStartedAt } from "./process-identity.ts";
import { RunFiles } from "./run-files.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "burnline-orphans-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("a start after kill -9 takes the lock, ends the part left behind, and no stranger", async () => {
  const script = path.join(import.meta.dirname, "fixtures", "parent.ts");
  const parent = spawn(process.execPath, [script, folder], { stdio: ["ignore", "pipe", "inherit"] });
  await once(parent.stdout, "data");
  parent.kill("SIGKILL");
  await once(parent, "exit");

  const runFiles = new RunFiles(path.join(folder, "run"));
  const stranger = JSON.stringify({ name: "app", pid: process.pid, startedAt: "another boot 12" });
  writeFileSync(path.join(folder, "run", "app.pid.json"), stranger);
  expect(runFiles.takeLock()).toBeNull();
  const [orphan] = runFiles.orphans();
  expect(orphan).toMatchObject({ name: "part" });
  expect(await stopOrphans(runFiles)).toEqual(["part"]);
  // Its zombie may stay until somebody reaps it, so being alive is not the question.
  expect(processStartedAt(orphan?.pid ?? 0)).toBeNull();
  expect(runFiles.orphans()).toEqual([]);
});
