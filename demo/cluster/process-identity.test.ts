import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { isAlive, processStartedAt } from "./process-identity.ts";

it("names a running process the same way each time", () => {
  const startedAt = processStartedAt(process.pid);
  expect(startedAt).toMatch(/\S/);
  expect(processStartedAt(process.pid)).toBe(startedAt);
});

it("tells two processes apart and forgets an ended one", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const pid = child.pid ?? -1;
  expect(isAlive(pid)).toBe(true);
  expect(processStartedAt(pid)).toMatch(/\S/);
  expect(processStartedAt(pid)).not.toBe(processStartedAt(process.pid));
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(isAlive(pid)).toBe(false);
  expect(processStartedAt(pid)).toBeNull();
});

it.each([0, -1, 1.5, Number.NaN])("%s is no process", (pid) => {
  expect(isAlive(pid)).toBe(false);
});
