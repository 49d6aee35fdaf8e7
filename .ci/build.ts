// Generates the database client and builds Next, unless nothing it is made of has changed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = path.dirname(import.meta.dirname);
const INPUTS = [
  "app",
  "components",
  "lib",
  "prisma",
  "public",
  "next.config.js",
  "package-lock.json",
  "postcss.config.mjs",
  "proxy.ts",
  "tsconfig.json",
];
const IGNORED = new Set(["generated", "fixtures"]);

function* filesUnder(relative: string): Generator<string> {
  const absolute = path.join(root, relative);
  if (!existsSync(absolute)) return;
  const entries = readdirSync(absolute, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const child = path.join(relative, entry.name);
    if (entry.isDirectory() && !IGNORED.has(entry.name)) yield* filesUnder(child);
    if (entry.isFile() && !/\.test\.tsx?$/.test(entry.name)) yield child;
  }
}

function fingerprint(): string {
  const hash = createHash("sha256");
  for (const input of INPUTS) {
    const files =
      path.extname(input) === "" ? filesUnder(input) : existsSync(path.join(root, input)) ? [input] : [];
    for (const file of files)
      hash
        .update(file)
        .update("\0")
        .update(readFileSync(path.join(root, file)));
  }
  return hash.digest("hex");
}

function run(...args: string[]): void {
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  const done = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit", env });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

const stamp = path.join(root, ".next", "burnline-built");
const wanted = fingerprint();
if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) {
  console.log("burnline: the build is up to date");
} else {
  run("--import", "./register.ts", "prisma/generate.ts");
  run("node_modules/next/dist/bin/next", "build");
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}
