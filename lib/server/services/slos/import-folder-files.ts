import "server-only";
import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { SourceFile } from "#lib/server/slo-code/source/problem.ts";

const MAX_DEPTH = 5;
const MAX_FILES = 1_000;
const MAX_BYTES = 8 * 1024 * 1024;
const YAML = /\.ya?ml$/i;

/** The SLO files of a folder, by name, and a hash of all they say. */
export interface FolderFiles {
  files: SourceFile[];
  hash: string;
}

/**
 * The YAML files below a folder. Links are followed, since a ConfigMap's files are links into its hidden `..data`; names that
 * begin with a dot are not looked at.
 */
async function namesBelow(folder: string, below: string, depth: number): Promise<string[]> {
  if (depth > MAX_DEPTH) return [];
  const names: string[] = [];
  for (const entry of (await readdir(path.join(folder, below))).sort()) {
    if (entry.startsWith(".")) continue;
    const name = path.join(below, entry);
    const found = await stat(path.join(folder, name));
    if (found.isDirectory()) names.push(...(await namesBelow(folder, name, depth + 1)));
    else if (found.isFile() && YAML.test(entry)) names.push(name);
    if (names.length > MAX_FILES) throw new Error(`the folder has more than ${MAX_FILES} YAML files`);
  }
  return names;
}

/** Reads the SLO files of a folder. @throws what keeps a file from being read, and when they are too many or too large */
export async function readFolder(folder: string): Promise<FolderFiles> {
  const hash = createHash("sha256");
  const files: SourceFile[] = [];
  let bytes = 0;
  for (const name of await namesBelow(folder, "", 0)) {
    bytes += (await stat(path.join(folder, name))).size;
    if (bytes > MAX_BYTES) throw new Error(`the YAML files of the folder have more than ${MAX_BYTES} bytes`);
    const text = await readFile(path.join(folder, name), "utf8");
    hash.update(JSON.stringify([name, text]));
    files.push({ name, text });
  }
  return { files, hash: hash.digest("hex") };
}
