import "server-only";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { SourceFile } from "#lib/server/slo-code/source/problem.ts";
import { UsageError } from "./slo-words.ts";

const BETWEEN = "\n---\n";

/** Where and with what the command was typed. */
export interface Surroundings {
  env: NodeJS.ProcessEnv;
  /** Relative names of files start here. */
  folder: string;
}

/** The text of a file. @throws UsageError naming it */
export function readText(file: string, prefix = ""): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`${prefix}cannot read ${file} (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** Files by the names they were given, relative to where the command was typed. */
export function readFiles(names: readonly string[], folder: string): SourceFile[] {
  return names.map((name) => ({ name, text: readText(path.resolve(folder, name)) }));
}

/** Files as one text of several documents, and where a line of it is from. */
export function joinFiles(files: readonly SourceFile[]): {
  text: string;
  placeOf: (line: number) => { file: string; line: number };
} {
  const starts: { file: string; first: number }[] = [];
  let line = 1;
  for (const { name, text } of files) {
    starts.push({ file: name, first: line });
    line += (text + BETWEEN).split("\n").length - 1;
  }
  const placeOf = (at: number) => {
    const start = starts.findLast(({ first }) => first <= at);
    return { file: start?.file ?? "", line: at - (start?.first ?? 1) + 1 };
  };
  return { text: files.map(({ text }) => text).join(BETWEEN), placeOf };
}
