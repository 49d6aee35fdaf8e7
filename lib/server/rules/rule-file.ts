import "server-only";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import type { SloRules } from "#lib/domain/slo/rules/rule.ts";
import { rulesYamlParts } from "./rules-yaml.ts";

/** The file of the SLOs in BURNLINE_RULES_DIR. */
export const RULE_FILE = "burnline-slos.rules.yml";

/** The whole text, made piece by piece so that nobody else waits for a thousand SLOs. */
async function textOf(rules: readonly SloRules[]): Promise<string> {
  const parts: string[] = [];
  for (const part of rulesYamlParts(rules)) {
    parts.push(part);
    await breathe();
  }
  return parts.join("");
}

async function contentOf(file: string): Promise<string | null> {
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
}

/** What stood in the file before it was written; null where there was none. */
export interface Replaced {
  text: string | null;
}

/** Writes the rules of SLOs as {@link writeWhole} does. */
export async function writeRuleFile(folder: string, rules: readonly SloRules[]): Promise<Replaced | null> {
  return writeWhole(folder, RULE_FILE, await textOf(rules));
}

/**
 * Writes a file whole or not at all, and only when its text changed: whoever reads the file sees the old or the new one,
 * also after a crash.
 * @returns what was replaced; null when the file was as it should be
 */
export async function writeWhole(folder: string, name: string, text: string): Promise<Replaced | null> {
  const before = await contentOf(path.join(folder, name));
  if (before === text) return null;
  await mkdir(folder, { recursive: true });
  await replaceFile(path.join(folder, name), text);
  return { text: before };
}

/** Puts back what stood in the file, so that a source which refuses the new rules still starts with the old ones. */
export async function putBackRuleFile(
  folder: string,
  { text }: Replaced,
  name: string = RULE_FILE,
): Promise<void> {
  if (text === null) await rm(path.join(folder, name), { force: true });
  else await replaceFile(path.join(folder, name), text);
}

async function replaceFile(file: string, text: string): Promise<void> {
  const fresh = `${file}.${process.pid}.new`;
  const handle = await open(fresh, "w", 0o644);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
}
