import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import path from "node:path";
import { lastLines } from "./child-log.ts";
import { CHECKOUT } from "./home.ts";

const LINES_SHOWN = 20;

/** Generates the database client and builds the app where they are not up to date; rejects with the end of the log. */
export async function build(logFolder: string, signal: AbortSignal): Promise<void> {
  mkdirSync(logFolder, { recursive: true });
  const logFile = path.join(logFolder, "build.log");
  const log = openSync(logFile, "w");
  const child = spawn(process.execPath, ["--import", "./register.ts", ".ci/build.ts"], {
    cwd: CHECKOUT,
    stdio: ["ignore", log, log],
    // A group of its own: the build starts workers, and all of them end with a demo that is stopped.
    detached: true,
  });
  closeSync(log);
  const stop = () => child.pid !== undefined && process.kill(-child.pid, "SIGTERM");
  signal.addEventListener("abort", stop, { once: true });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  signal.removeEventListener("abort", stop);
  signal.throwIfAborted();
  if (code === 0) return;
  throw new Error(
    [`The build failed; the end of ${logFile}:`, ...lastLines(logFile, LINES_SHOWN)].join("\n    "),
  );
}
