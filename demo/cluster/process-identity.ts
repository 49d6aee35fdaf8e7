import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Whether a process with this id exists, ours or not. */
export function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Fields of /proc/<pid>/stat from the third on; the second, the name, may hold spaces and brackets. */
function procStat(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}

const STATE = 0;
const START_TICKS = 19;

/**
 * When a process began, as a text to compare and nothing else; null when there is none (or only its zombie).
 * With the pid it names a process for good: a pid alone is given again to a stranger.
 */
export function processStartedAt(pid: number): string | null {
  if (!isAlive(pid)) return null;
  try {
    if (process.platform !== "linux") {
      return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || null;
    }
    const stat = procStat(pid);
    if (stat[STATE] === "Z" || stat[STATE] === "X") return null;
    // Ticks count from boot, so the boot belongs to the name.
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${stat[START_TICKS]}`;
  } catch {
    return null;
  }
}
