import "server-only";
import path from "node:path";
import type { SourceFile } from "#lib/server/slo-code/source/problem.ts";
import { readText } from "./address.ts";

const BETWEEN = "\n---\n";

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
