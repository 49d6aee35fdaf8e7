import { mkdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { chooseAddresses, leftUsualPort } from "./cluster/addresses.ts";
import { DemoConsole } from "./cluster/console.ts";
import { Demo } from "./cluster/demo.ts";
import { readDemoFile, removeDemoFile } from "./cluster/demo-file.ts";
import { parseDemoSettings } from "./cluster/demo-settings.ts";
import { burnlineHome } from "./cluster/home.ts";
import { stopOrphans } from "./cluster/orphans.ts";
import { RunFiles } from "./cluster/run-files.ts";
import { scrapeTargets } from "./sim/targets.ts";

const PARENT_POLL_MS = 500;
/** How long a demo that is just stopping, or is about to notice that its parent was killed, is waited for. */
const LEAVING_MS = 1_500;

const out = new DemoConsole(process.stdout);

/** True when this process is now the only demo of the folder. */
async function becomeOnly(runFiles: RunFiles): Promise<boolean> {
  const until = Date.now() + LEAVING_MS;
  while (runFiles.takeLock() !== null) {
    if (Date.now() > until) return false;
    await sleep(100);
  }
  return true;
}

/** Calls back once when the process that started this one is gone: nobody is left to press Ctrl-C. */
function whenAbandoned(callback: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, PARENT_POLL_MS);
  timer.unref();
}

async function main(): Promise<number> {
  const settings = parseDemoSettings(process.env);
  const home = burnlineHome();
  const folder = path.join(home, "demo");
  mkdirSync(folder, { recursive: true });
  const runFiles = new RunFiles(path.join(folder, "run"));
  if (!(await becomeOnly(runFiles))) {
    const url = readDemoFile(home)?.url;
    out.say(`A demo runs on ${home} already${url ? `: ${url}` : ", and is still starting."}`);
    return 1;
  }

  const ended = Promise.withResolvers<number>();
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => ended.resolve(0));
  whenAbandoned(() => ended.resolve(1));

  out.say("Burnline demo");
  removeDemoFile(home);
  const orphans = await stopOrphans(runFiles);
  if (orphans.length > 0) out.say(`  stopped what an earlier demo left behind: ${orphans.join(", ")}`);
  const addresses = await chooseAddresses(folder, settings);
  if (leftUsualPort(addresses, settings))
    out.say(`  port 3000 is taken; Burnline uses ${addresses.port.app}`);
  const demo = new Demo({
    home,
    settings,
    addresses,
    targets: scrapeTargets(),
    runFiles,
    console: out,
    onLost: (name) => {
      if (name === "app") ended.resolve(1);
      else out.say(`${name} stays down; the rest runs on`);
    },
  });
  demo.start().then(
    ({ url, accounts }) => {
      out.say(`\nOpen ${url}  (ready after ${out.elapsedSeconds().toFixed(1)} s; Ctrl-C stops)`);
      out.say(`Sign in with the password ${accounts[0]?.password} as one of`);
      for (const { email, roles } of accounts) out.say(`  ${email.padEnd(20)} ${roles.join(", ")}`);
      out.say("");
    },
    (error: Error) => {
      // What a stop interrupts fails as well, and is nobody's news.
      if (!stopping) out.say(error.message);
      ended.resolve(1);
    },
  );
  const code = await ended.promise;
  stopping = true;
  out.say("stopping");
  await demo.stop();
  runFiles.releaseLock();
  return code;
}

process.exit(
  await main().catch((error: Error) => {
    out.say(error.message);
    return 1;
  }),
);
