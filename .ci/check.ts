// Format, lint, boundaries, unused code, types. Each tool must also have seen files: a check of nothing is a failure.
import { readdirSync } from "node:fs";
import { bin, root, runStep, type StepResult } from "./run-step.ts";

interface Check {
  name: string;
  command: string;
  args: string[];
  /** Why the run proves nothing, where the tool itself does not fail on an empty set. */
  emptiness?: (result: StepResult) => string | null;
}

const MIN_MODULES = 50;
const MIN_LINES = 5_000;

function modulesSeen({ output }: StepResult): string | null {
  const modules = Number(/\((\d+) modules/.exec(output)?.[1] ?? 0);
  return modules >= MIN_MODULES ? null : `saw ${modules} modules only`;
}

function linesSeen({ output }: StepResult): string | null {
  const lines = Number(/Lines of TypeScript:\s+(\d+)/.exec(output)?.[1] ?? 0);
  return lines >= MIN_LINES ? null : `saw ${lines} lines of TypeScript only`;
}

/** The longest first: two at a time then end together. */
const CHECKS: Check[] = [
  {
    name: "lint",
    command: bin("eslint"),
    args: [".", "--max-warnings", "0", "--cache", "--cache-location", ".next/eslint"],
  },
  { name: "types", command: bin("tsc"), args: ["--noEmit", "--extendedDiagnostics"], emptiness: linesSeen },
  { name: "format", command: bin("prettier"), args: ["--check", "--log-level", "warn", "."] },
  {
    name: "boundaries",
    command: bin("depcruise"),
    args: ["--config", ".dependency-cruiser.mjs", ...sources()],
    emptiness: modulesSeen,
  },
  { name: "unused", command: bin("knip"), args: ["--no-progress"] },
];

function sources(): string[] {
  const known = ["app", "components", "lib", "prisma", "demo", "bench", "e2e", "server.ts", "proxy.ts"];
  const present = new Set(readdirSync(root));
  return known.filter((name) => present.has(name));
}

async function passes(check: Check): Promise<boolean> {
  const result = await runStep(check.command, check.args);
  const empty = result.code === 0 ? (check.emptiness?.(result) ?? null) : null;
  const ok = result.code === 0 && empty === null;
  console.log(`${ok ? "ok  " : "FAIL"} ${check.name.padEnd(10)} ${result.seconds.toFixed(1)} s`);
  if (!ok) console.log(empty ?? result.output);
  return ok;
}

/** Takes one check after the other until none is left. */
async function runLane(waiting: Check[]): Promise<boolean> {
  let green = true;
  for (let check = waiting.shift(); check; check = waiting.shift()) green = (await passes(check)) && green;
  return green;
}

const generated = await Promise.all([
  runStep(process.execPath, ["--import", "./register.ts", "prisma/generate.ts"]),
  runStep(bin("next"), ["typegen"]),
]);
for (const step of generated) if (step.code !== 0) console.log(step.output);
const waiting = [...CHECKS];
const lanes = await Promise.all([runLane(waiting), runLane(waiting)]);
process.exit([...lanes, ...generated.map((step) => step.code === 0)].every(Boolean) ? 0 : 1);
