import "server-only";
import { execFileSync, spawn } from "node:child_process";
import {
  closeSync,
  existsSync,
  fchownSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Account } from "./account.ts";
import { asAccount } from "./cluster.ts";
import type { Place } from "./place.ts";

const POLL_MS = 20;
const STOP_TIMEOUT_MS = 30_000;

/** For a small machine that runs much else; durability (fsync, full_page_writes) stays as it comes. */
const SERVER_SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "60",
  shared_buffers: "64MB",
  effective_cache_size: "512MB",
  work_mem: "8MB",
  maintenance_work_mem: "64MB",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_wal_size: "256MB",
  max_parallel_workers_per_gather: "0",
  jit: "off",
  io_method: "sync",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
};

/** A running server of a data folder, as its postmaster.pid tells. */
export interface Postmaster {
  pid: number;
  port: number;
  ready: boolean;
}

function commandLine(pid: number): string[] {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return execFileSync("ps", ["-ww", "-o", "args=", "-p", String(pid)], { encoding: "utf8" })
      .trim()
      .split(" ");
  } catch {
    return [];
  }
}

function readPidFile(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** Whether a process has this number, whosever it is. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Process numbers come round again, so the process must also have been started on this data folder. */
function isPostmaster(pid: number, dataDir: string): boolean {
  return commandLine(pid).join(" ").includes(`-D ${dataDir} -p `);
}

/** The server that runs on a data folder; null when none does, whatever an old postmaster.pid says. */
export function findPostmaster(dataDir: string): Postmaster | null {
  const [pid = "", , , port = "", , , , status = ""] = readPidFile(
    path.join(dataDir, "postmaster.pid"),
  ).split("\n");
  if (!isPostmaster(Number(pid), dataDir)) return null;
  return { pid: Number(pid), port: Number(port), ready: status.trim() === "ready" };
}

/**
 * PostgreSQL itself removes a postmaster.pid whose process is gone, but refuses to start when the
 * number now belongs to a stranger. Taken aside by renaming, since a server may start meanwhile.
 */
function removeMisleadingPidFile(dataDir: string): void {
  const file = path.join(dataDir, "postmaster.pid");
  const before = readPidFile(file);
  if (before === "" || !isAlive(Number.parseInt(before)) || findPostmaster(dataDir)) return;
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (readPidFile(aside) !== before && !existsSync(file)) linkSync(aside, file);
  } catch {
    // Another start has removed it first.
  }
  rmSync(aside, { force: true });
}

/**
 * Starts a server in a session of its own, so that neither Ctrl-C nor our death ends it. Resolves to its
 * process number once a server accepts connections there, or ours has ended: PostgreSQL lets only one
 * have the data folder.
 */
export async function launch(
  place: Place,
  account: Account,
  dataDir: string,
  port: number,
): Promise<number | undefined> {
  removeMisleadingPidFile(dataDir);
  const settings = Object.entries(SERVER_SETTINGS).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const output = openSync(logFile(place), "a", 0o600);
  if (account) fchownSync(output, account.uid, account.gid);
  const child = spawn(
    path.join(place.nativeDir, "bin", "postgres"),
    ["-D", dataDir, "-p", String(port), ...settings],
    {
      ...asAccount(account),
      detached: true,
      stdio: ["ignore", output, output],
    },
  );
  closeSync(output);
  let ended = false;
  child.once("error", () => (ended = true)).once("exit", () => (ended = true));
  child.unref();
  while (!ended && !findPostmaster(dataDir)?.ready) await sleep(POLL_MS);
  return child.pid;
}

/** The server's own log. */
export function logFile(place: Place): string {
  return path.join(place.stateDir, "server.log");
}

/** Ends the server, if one runs, at once but in order: sessions are cut, data is written out. */
export async function shutDown(dataDir: string): Promise<void> {
  const postmaster = findPostmaster(dataDir);
  if (!postmaster) return;
  process.kill(postmaster.pid, "SIGINT");
  const deadline = performance.now() + STOP_TIMEOUT_MS;
  while (findPostmaster(dataDir)?.pid === postmaster.pid) {
    if (performance.now() > deadline) throw new Error(`PostgreSQL (process ${postmaster.pid}) does not stop`);
    await sleep(POLL_MS);
  }
}
