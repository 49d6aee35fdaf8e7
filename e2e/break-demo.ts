import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

const root = path.dirname(import.meta.dirname);
const home = process.env.E2E_HOME ?? path.join(root, "test-results", "demo-home");

/** What `npm run demo:break -- …` does, on the demo of this run. */
export async function breakDemo(...args: string[]): Promise<void> {
  await promisify(execFile)(process.execPath, ["--import", "./register.ts", "demo/break.ts", ...args], {
    cwd: root,
    env: { ...process.env, BURNLINE_HOME: home },
  });
}

/** Where the demo's notifications have arrived. */
export function catcherUrl(): string {
  const file = readFileSync(path.join(home, "demo.json"), "utf8");
  return (JSON.parse(file) as { catcherUrl: string }).catcherUrl;
}
