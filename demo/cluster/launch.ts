import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, createWriteStream, openSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { logSize } from "./child-log.ts";
import { CHECKOUT } from "./home.ts";
import { parseEvent, type Part, type PartEvent } from "./part.ts";

const POLL_MS = 100;
const POLL_REQUEST_MS = 2_000;

/** A process that was started for a part. */
export interface Launched {
  /** null when the command could not be started at all. */
  pid: number | null;
  runs(): boolean;
  /** Resolves when the part is usable; rejects when it ends before that or takes too long. */
  ready: Promise<void>;
  /** The byte of the log at which this run began. */
  logStart: number;
  /** Resolves with how it ended, as half a sentence. */
  exited: Promise<string>;
}

function whenExited(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(`could not be started (${error.message})`));
    child.once("exit", (code, signal) =>
      resolve(signal ? `was ended by ${signal}` : `ended with exit code ${code}`),
    );
  });
}

/** Copies standard output to the log and hands on the events in it; resolves at the event `ready`. */
function followEvents(child: ChildProcess, log: number, onEvent: (event: PartEvent) => void): Promise<void> {
  const { stdout } = child;
  if (!stdout) throw new Error("standard output is not a pipe");
  // A full disk costs the log, not the demo.
  stdout.pipe(createWriteStream("", { fd: log })).on("error", () => stdout.resume());
  return new Promise((resolve) => {
    createInterface({ input: stdout }).on("line", (line) => {
      const event = parseEvent(line);
      if (event) onEvent(event);
      if (event?.event === "ready") resolve();
    });
  });
}

async function untilAnswers(url: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const timeout = AbortSignal.any([signal, AbortSignal.timeout(POLL_REQUEST_MS)]);
    const ok = await fetch(url, { signal: timeout }).then(
      async (response) => {
        await response.body?.cancel();
        return response.ok;
      },
      () => false,
    );
    if (ok) return;
    await sleep(POLL_MS);
  }
}

async function untilReady(part: Part, said: Promise<void>, exited: Promise<string>): Promise<void> {
  const settled = new AbortController();
  const failed = exited.then((how) => {
    throw new Error(`${how} before it was ready`);
  });
  const late = sleep(part.readyTimeoutMs, undefined, { signal: settled.signal }).then(() => {
    throw new Error(`was not ready after ${part.readyTimeoutMs / 1000} s`);
  });
  try {
    const ready = part.ready === "event" ? said : untilAnswers(part.ready.url, settled.signal);
    await Promise.race([ready, failed, late]);
  } finally {
    settled.abort();
    failed.catch(() => undefined);
    late.catch(() => undefined);
  }
}

/**
 * Starts the process of a part in a process group of its own: Ctrl-C reaches the demo alone, which then stops
 * its parts in order.
 */
export function launch(part: Part, logFile: string, onEvent: (event: PartEvent) => void): Launched {
  const logStart = logSize(logFile);
  const log = openSync(logFile, "a");
  const child = spawn(part.command, part.args, {
    cwd: CHECKOUT,
    detached: true,
    env: { ...process.env, ...part.env },
    stdio: ["ignore", part.ready === "event" ? "pipe" : log, log],
  });
  const exited = whenExited(child);
  const said =
    part.ready === "event" ? followEvents(child, log, onEvent) : new Promise<void>(() => undefined);
  if (part.ready !== "event") closeSync(log);
  const ready = untilReady(part, said, exited);
  ready.catch(() => undefined);
  return {
    pid: child.pid ?? null,
    runs: () => child.exitCode === null && child.signalCode === null,
    logStart,
    ready,
    exited,
  };
}
