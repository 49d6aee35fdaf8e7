import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 50;

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Asks a process to end and ends it after `graceMs`; `runs` says whether it is still the one meant. */
export async function stopProcess(pid: number, runs: () => boolean, graceMs: number): Promise<void> {
  if (!runs()) return;
  signal(pid, "SIGTERM");
  const killAt = Date.now() + graceMs;
  while (runs() && Date.now() < killAt) await sleep(POLL_MS);
  if (!runs()) return;
  signal(pid, "SIGKILL");
  while (runs()) await sleep(POLL_MS);
}
