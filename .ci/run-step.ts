import { spawn } from "node:child_process";
import path from "node:path";

export const root = path.dirname(import.meta.dirname);

export interface StepResult {
  code: number;
  output: string;
  seconds: number;
}

/** Runs a command in the repo and keeps what it printed; `echo` shows it as it comes. */
export async function runStep(
  command: string,
  args: string[],
  echo = false,
  env = process.env,
): Promise<StepResult> {
  const startedAt = performance.now();
  const child = spawn(command, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (echo) process.stdout.write(text);
    });
  }
  const code = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exit) => resolve(exit ?? 1));
  });
  return { code, output, seconds: (performance.now() - startedAt) / 1000 };
}

/** A tool of node_modules/.bin, to be run with this Node. */
export const bin = (name: string) => path.join(root, "node_modules", ".bin", name);
