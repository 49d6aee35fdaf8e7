import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { processStartedAt } from "./process-identity.ts";
import { RunFiles, stillRuns } from "./run-files.ts";

let folder: string;
let files: RunFiles;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "burnline-run-"));
  files = new RunFiles(folder);
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

function sleeper(): { child: ChildProcess; pid: number } {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  children.push(child);
  return { child, pid: child.pid ?? -1 };
}

const lock = () => path.join(folder, "lock.json");

it("lets one demo in and tells the next who is there", () => {
  expect(files.takeLock()).toBeNull();
  expect(new RunFiles(folder).takeLock()).toMatchObject({ pid: process.pid });
  files.releaseLock();
  expect(new RunFiles(folder).takeLock()).toBeNull();
});

it.each([
  ["of a process that is gone", JSON.stringify({ name: "demo", pid: 2 ** 22 + 1, startedAt: "boot 1" })],
  ["whose pid a stranger was given", JSON.stringify({ name: "demo", pid: process.pid, startedAt: "boot 1" })],
  ["cut short by a kill", '{"name":"demo","pid":'],
  ["that is empty", ""],
])("takes over a lock %s", (_, content) => {
  writeFileSync(lock(), content);
  expect(files.takeLock()).toBeNull();
  expect(JSON.parse(readFileSync(lock(), "utf8"))).toMatchObject({ pid: process.pid });
  expect(readdirSync(folder)).toEqual(["lock.json"]);
});

it("does not take a lock from a living process", () => {
  const { pid } = sleeper();
  const holder = { name: "demo", pid, startedAt: processStartedAt(pid) };
  writeFileSync(lock(), JSON.stringify(holder));
  expect(files.takeLock()).toEqual(holder);
  expect(JSON.parse(readFileSync(lock(), "utf8"))).toEqual(holder);
});

it("finds a child that outlived its demo, and none that ended", async () => {
  const left = sleeper();
  const ended = sleeper();
  files.record("prometheus", left.pid);
  files.record("app", ended.pid);
  ended.child.kill("SIGKILL");
  await once(ended.child, "exit");
  expect(new RunFiles(folder).orphans()).toEqual([
    { name: "prometheus", pid: left.pid, startedAt: processStartedAt(left.pid) },
  ]);
  expect(readdirSync(folder)).toEqual(["prometheus.pid.json"]);
});

it("never takes a stranger with a recorded pid for an orphan", () => {
  const stranger = sleeper();
  const file = path.join(folder, "app.pid.json");
  writeFileSync(file, JSON.stringify({ name: "app", pid: stranger.pid, startedAt: "another boot 12" }));
  expect(files.orphans()).toEqual([]);
  expect(stillRuns({ name: "app", pid: stranger.pid, startedAt: "another boot 12" })).toBe(false);
});
