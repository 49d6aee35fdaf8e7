import { closeSync, fstatSync, openSync, readSync, renameSync } from "node:fs";

const TAIL_BYTES = 16 * 1024;

/** Sets the log of the demo before aside as `.old`; the restarts of one demo share a log. */
export function rotateLog(file: string): void {
  try {
    renameSync(file, `${file}.old`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

/** The last lines of a log; none when it cannot be read. */
export function lastLines(file: string, count: number): string[] {
  let descriptor: number;
  try {
    descriptor = openSync(file, "r");
  } catch {
    return [];
  }
  try {
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString("utf8").trimEnd().split("\n").slice(-count);
  } finally {
    closeSync(descriptor);
  }
}
