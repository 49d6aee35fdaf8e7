import { mkdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { lastLines, rotateLog } from "./child-log.ts";
import { launch, type Launched } from "./launch.ts";
import type { Part, PartEvent } from "./part.ts";
import type { RunFiles } from "./run-files.ts";
import { stopProcess } from "./stop-process.ts";

/** A part may be started again this often within the span; then it is left down. */
const MAX_RESTARTS = 3;
const RESTART_SPAN_MS = 10 * 60_000;
const LINES_SHOWN = 20;

/** What the supervisor tells: lines for people, events of parts, and the end of a part that stays down. */
export interface Listener {
  say(line: string): void;
  event(name: string, event: PartEvent): void;
  /** A part ended unasked and will not be started again. */
  lost(name: string): void;
}

/** Starts the demo's processes, keeps them up, and stops them. */
export class Supervisor {
  /** Parts that are to run; a part that is stopped on purpose leaves this set first. */
  private readonly wanted = new Set<Part>();
  private readonly running = new Map<Part, Launched>();
  private readonly restartTimes = new Map<Part, number[]>();
  private readonly logFolder: string;
  private readonly runFiles: RunFiles;
  private readonly listener: Listener;
  private readonly restartDelayMs: number;

  constructor(options: {
    logFolder: string;
    runFiles: RunFiles;
    listener: Listener;
    restartDelayMs?: number;
  }) {
    this.logFolder = options.logFolder;
    this.runFiles = options.runFiles;
    this.listener = options.listener;
    this.restartDelayMs = options.restartDelayMs ?? 1_000;
    mkdirSync(this.logFolder, { recursive: true });
  }

  /** Resolves when the part is usable, at once when it is wanted already; rejects when it cannot be brought up. */
  async start(part: Part): Promise<void> {
    if (this.wanted.has(part)) return;
    this.wanted.add(part);
    this.restartTimes.delete(part);
    rotateLog(this.logFile(part));
    await this.bringUp(part);
  }

  /** Stops a part on purpose, so that it stays down; resolves when its process is gone. */
  async stop(part: Part): Promise<void> {
    this.wanted.delete(part);
    const launched = this.running.get(part);
    if (launched) await this.end(part, launched);
  }

  private async bringUp(part: Part): Promise<void> {
    for (;;) {
      const launched = this.launch(part);
      const failure = await launched.ready.then(
        () => null,
        (error: Error) => error,
      );
      if (failure === null) {
        void launched.exited.then((how) => this.afterExit(part, launched, how));
        return;
      }
      await this.end(part, launched);
      if (!this.wanted.has(part)) throw new Error(`${part.name} was stopped while it started.`);
      this.report(part, launched, failure.message);
      if (!(await this.mayRestart(part))) {
        this.wanted.delete(part);
        throw new Error(`${part.name} does not start.`);
      }
    }
  }

  private launch(part: Part): Launched {
    const launched = launch(part, this.logFile(part), (event) => this.listener.event(part.name, event));
    this.running.set(part, launched);
    if (launched.pid !== null) this.runFiles.record(part.name, launched.pid);
    void launched.exited.then(() => {
      this.running.delete(part);
      this.runFiles.forget(part.name);
    });
    return launched;
  }

  private async end(part: Part, launched: Launched): Promise<void> {
    if (launched.pid !== null) await stopProcess(launched.pid, launched.runs, part.stopGraceMs);
    await launched.exited;
  }

  private async afterExit(part: Part, launched: Launched, how: string): Promise<void> {
    if (!this.wanted.has(part)) return;
    this.report(part, launched, how);
    try {
      if (!(await this.mayRestart(part))) throw new Error("left down");
      await this.bringUp(part);
      this.listener.say(`${part.name} runs again`);
    } catch {
      if (this.wanted.delete(part)) this.listener.lost(part.name);
    }
  }

  /** Waits before another start; false when there is to be none. */
  private async mayRestart(part: Part): Promise<boolean> {
    const since = Date.now() - RESTART_SPAN_MS;
    const recent = (this.restartTimes.get(part) ?? []).filter((at) => at > since);
    if (!part.restarts || recent.length >= MAX_RESTARTS) return false;
    this.restartTimes.set(part, [...recent, Date.now()]);
    await sleep(this.restartDelayMs * 2 ** recent.length);
    return this.wanted.has(part);
  }

  private report(part: Part, launched: Launched, how: string): void {
    const file = this.logFile(part);
    const tail = lastLines(file, LINES_SHOWN, launched.logStart).map((line) => `    ${line}`);
    const heading = `${part.name} ${how}; ${tail.length > 0 ? `the last lines of ${file}:` : "it logged nothing"}`;
    this.listener.say([heading, ...tail].join("\n"));
  }

  private logFile(part: Part): string {
    return path.join(this.logFolder, `${part.name}.log`);
  }
}
