import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { processStartedAt } from "./process-identity.ts";

const Recorded = z.object({ name: z.string(), pid: z.int().positive(), startedAt: z.string().min(1) });
/** A process as its run file names it; `startedAt` is `processStartedAt` of then. */
export type Recorded = z.infer<typeof Recorded>;

const LOCK = "lock.json";
const SUFFIX = ".pid.json";

/** Whether the recorded process still runs; a stranger that was given its pid since does not count. */
export function stillRuns({ pid, startedAt }: Recorded): boolean {
  return processStartedAt(pid) === startedAt;
}

function read(file: string): Recorded | null {
  try {
    return Recorded.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null; // Absent, or cut short by a kill: then there is nobody it could name.
  }
}

function describeSelf(): Recorded {
  return { name: "demo", pid: process.pid, startedAt: processStartedAt(process.pid) ?? "" };
}

/** The pid files of one demo: who runs, so that whoever comes after a kill -9 can tell. */
export class RunFiles {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** Makes this process the one demo of the folder; answers the other one where there is one already. */
  takeLock(): Recorded | null {
    const file = path.join(this.folder, LOCK);
    for (;;) {
      try {
        writeFileSync(file, JSON.stringify(describeSelf()), { flag: "wx" });
        return null;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const holder = read(file);
      if (holder && stillRuns(holder)) return holder;
      this.moveAside(file);
    }
  }

  /** Of two starts that find a dead lock, one succeeds in moving it; what it moved tells it if it was late. */
  private moveAside(file: string): void {
    const aside = path.join(this.folder, `lock.${process.pid}.stale`);
    try {
      renameSync(file, aside);
    } catch {
      return;
    }
    const moved = read(aside);
    if (moved && stillRuns(moved)) linkSync(aside, file);
    rmSync(aside, { force: true });
  }

  releaseLock(): void {
    rmSync(path.join(this.folder, LOCK), { force: true });
  }

  /** Notes a child that was just started. */
  record(name: string, pid: number): void {
    const startedAt = processStartedAt(pid);
    if (startedAt === null) return;
    writeFileSync(path.join(this.folder, name + SUFFIX), JSON.stringify({ name, pid, startedAt }));
  }

  forget(name: string): void {
    rmSync(path.join(this.folder, name + SUFFIX), { force: true });
  }

  /** Children of an earlier demo that outlived it; the files of the others are removed. */
  orphans(): Recorded[] {
    return readdirSync(this.folder)
      .filter((file) => file.endsWith(SUFFIX))
      .flatMap((file) => {
        const recorded = read(path.join(this.folder, file));
        if (recorded && stillRuns(recorded)) return [recorded];
        rmSync(path.join(this.folder, file), { force: true });
        return [];
      });
  }
}
