import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Part, PartEvent } from "./part.ts";
import { isAlive } from "./process-identity.ts";
import { RunFiles } from "./run-files.ts";
import { Supervisor } from "./supervisor.ts";

const SAY_READY = `console.log('{"event":"ready"}');`;
const STAY = "setInterval(() => {}, 1000);";

let folder: string;
let runFiles: RunFiles;
let supervisor: Supervisor;
let said: string[];
let events: PartEvent[];
let lost: string[];
const parts: Part[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "burnline-supervisor-"));
  runFiles = new RunFiles(path.join(folder, "run"));
  [said, events, lost] = [[], [], []];
  supervisor = new Supervisor({
    logFolder: path.join(folder, "log"),
    runFiles,
    restartDelayMs: 1,
    listener: {
      say: (line) => said.push(line),
      event: (_, event) => events.push(event),
      lost: (name) => lost.push(name),
    },
  });
});
afterEach(async () => {
  await Promise.all(parts.splice(0).map((part) => supervisor.stop(part)));
  rmSync(folder, { recursive: true, force: true });
});

function part(script: string, more: Partial<Part> = {}): Part {
  const made: Part = {
    name: "part",
    command: process.execPath,
    args: ["-e", script],
    env: {},
    ready: "event",
    readyTimeoutMs: 20_000,
    restarts: false,
    stopGraceMs: 5_000,
    ...more,
  };
  parts.push(made);
  return made;
}

const pid = () => runFiles.orphans().find(({ name }) => name === "part")?.pid ?? 0;

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(10);
}

it("waits for the event, hands on what comes before it, and keeps the log", async () => {
  const script = `console.log('{"event":"listening","port":7}'); console.log("hello"); ${SAY_READY} ${STAY}`;
  await supervisor.start(part(script));
  expect(events).toEqual([{ event: "listening", port: 7 }, { event: "ready" }]);
  expect(isAlive(pid())).toBe(true);
  await until(() => readFileSync(path.join(folder, "log", "part.log"), "utf8").includes("hello"));
});

it("stops a part and leaves no pid file", async () => {
  const running = part(SAY_READY + STAY);
  await supervisor.start(running);
  const was = pid();
  await supervisor.stop(running);
  expect(isAlive(was)).toBe(false);
  expect(runFiles.orphans()).toEqual([]);
  expect(said).toEqual([]);
});

it("ends a part that does not heed SIGTERM", async () => {
  const deaf = part(`process.on("SIGTERM", () => {}); ${SAY_READY} ${STAY}`, { stopGraceMs: 100 });
  await supervisor.start(deaf);
  const was = pid();
  await supervisor.stop(deaf);
  expect(isAlive(was)).toBe(false);
});

it("starts a killed part again and says so with its last 20 lines", async () => {
  await supervisor.start(
    part(`for (let i = 1; i <= 30; i++) console.error("line " + i); ${SAY_READY} ${STAY}`, {
      restarts: true,
    }),
  );
  const was = pid();
  process.kill(was, "SIGKILL");
  await until(() => said.includes("part runs again"));
  expect(pid()).not.toBe(was);
  const [report = ""] = said;
  expect(report).toContain("part was ended by SIGKILL");
  expect(report).toContain("line 30");
  expect(report).not.toContain("line 10\n");
  expect(report.split("\n").length).toBe(21);
});

it("gives a part up that ends over and over", async () => {
  await supervisor.start(part(`${SAY_READY} setTimeout(() => process.exit(3), 50)`, { restarts: true }));
  await until(() => lost.length > 0);
  expect(lost).toEqual(["part"]);
  expect(said.filter((line) => line.startsWith("part ended with exit code 3"))).toHaveLength(4);
});

it("loses a part that is not to be started again at its first end", async () => {
  await supervisor.start(part(SAY_READY + STAY));
  process.kill(pid(), "SIGKILL");
  await until(() => lost.length > 0);
  expect(said.join()).not.toContain("runs again");
});

it.each([
  ["ends before it is ready", "process.exit(4)", {}, "ended with exit code 4 before it was ready"],
  ["stays silent", STAY, { readyTimeoutMs: 200 }, "was not ready after 0.2 s"],
  [
    "does not exist",
    "",
    { command: "/nowhere/program" },
    "could not be started (spawn /nowhere/program ENOENT)",
  ],
])("rejects the start of a part that %s", async (_, script, more, words) => {
  await expect(supervisor.start(part(script, more))).rejects.toThrow("part does not start");
  expect(said.join()).toContain(words);
  expect(runFiles.orphans()).toEqual([]);
});
