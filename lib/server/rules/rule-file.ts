import "server-only";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import path from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import type { SloRules } from "#lib/domain/slo/rules/rule.ts";
import { rulesYamlParts } from "./rules-yaml.ts";

/** The file in BURNLINE_RULES_DIR; Burnline writes no other. */
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

/**
 * Writes the rules whole or not at all, and only when they changed: whoever reads the file sees the old or the new one,
 * also after a crash.
 * @returns whether the file was written
 */
export async function writeRuleFile(folder: string, rules: readonly SloRules[]): Promise<boolean> {
  const file = path.join(folder, RULE_FILE);
  const text = await textOf(rules);
  if ((await contentOf(file)) === text) return false;
  await mkdir(folder, { recursive: true });
  const fresh = `${file}.${process.pid}.new`;
  const handle = await open(fresh, "w", 0o644);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
  return true;
}
