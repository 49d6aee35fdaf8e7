import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import path from "node:path";
import { type DemoFile, readDemoFile } from "#demo/cluster/demo-file.ts";
import { freePort } from "#demo/cluster/ports.ts";
import { DEMO_HOME } from "./sign-in.ts";

const root = path.dirname(import.meta.dirname);

/** Where the shared demo unpacked Prometheus, if it had to: once is enough. */
const UNPACKED = path.join(DEMO_HOME, "bin", "debian-packages", "usr", "bin");

/** A demo that a journey started for itself. */
export interface SeededDemo extends DemoFile {
  stop(): Promise<void>;
}

/** Starts a demo with one day of history of its own; `pastFault` is what `DEMO_BREAK` takes. */
export async function startSeededDemo(name: string, pastFault: string): Promise<SeededDemo> {
  const home = path.join(root, "test-results", `demo-${name}`);
  rmSync(home, { recursive: true, force: true });
  const child = spawn(process.execPath, ["--import", "./register.ts", "demo/start.ts"], {
    cwd: root,
    env: {
      ...process.env,
      // A database of its own, whatever the other demo of this run uses.
      DATABASE_URL: "",
      PATH: [UNPACKED, process.env.PATH].join(path.delimiter),
      BURNLINE_HOME: home,
      PORT: String(await freePort(0)),
      DEMO_DAYS: "1",
      DEMO_BREAK: pastFault,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  const ended = once(child, "exit");
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(home, { recursive: true, force: true });
  };
  const opened = async () => {
    while (!said.includes("Open http")) await once(child.stdout, "data");
  };
  await Promise.race([opened(), ended]);
  const file = readDemoFile(home);
  if (file === null) throw new Error(`the demo "${name}" did not start:\n${said}`);
  return { ...file, stop };
}
