import { spawn } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { readFileSync } from "node:fs";
import path from "node:path";
import { chromium, type Browser, type BrowserContext } from "@playwright/test";

const START_LIMIT_MS = 180_000;

export interface RunningDemo {
  url: string;
  home: string;
  startedAtMs: number;
  /** Resolves when the demo says that it is open: its whole history is written by then. */
  opened: Promise<void>;
  stop(): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts the whole demo on a state folder; returns at once, before it is ready. */
export async function startDemo(home: string): Promise<RunningDemo> {
  const port = await freePort();
  const startedAtMs = performance.now();
  const child = spawn(process.execPath, ["--import", "./register.ts", "demo/start.ts"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, PORT: String(port), BURNLINE_HOME: home },
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const opened = new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => text.includes("Open http") && resolve());
    child.once("exit", () => reject(new Error("the demo ended before it was open")));
  });
  opened.catch(() => undefined);
  return {
    opened,
    url: `http://127.0.0.1:${port}`,
    home,
    startedAtMs,
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
  });
}

interface Account {
  email: string;
  password: string;
}

/** A browser window in which the demo's administrator is signed in. */
export async function signedIn(
  browser: Browser,
  demo: RunningDemo,
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<BrowserContext> {
  await demo.opened;
  const file = JSON.parse(readFileSync(path.join(demo.home, "demo.json"), "utf8")) as { accounts: Account[] };
  const { email, password } = file.accounts[0]!;
  const context = await browser.newContext(options);
  const answer = await context.request.post(`${demo.url}/api/v1/session`, { data: { email, password } });
  if (!answer.ok()) throw new Error(`signing in: ${answer.status()} ${await answer.text()}`);
  return context;
}

/** Seconds from the demo's start until the Health page shows a node's CPU figure and a service's traffic. */
export async function secondsToFirstPaint(demo: RunningDemo, browser: Browser): Promise<number> {
  const context = await signedIn(browser, demo);
  const page = await context.newPage();
  try {
    while (performance.now() - demo.startedAtMs < START_LIMIT_MS) {
      const painted = await paintedHealth(page, demo.url);
      if (painted) return (performance.now() - demo.startedAtMs) / 1000;
      await sleep(200);
    }
    throw new Error("the Health page did not show measured data in time");
  } finally {
    await context.close();
  }
}

async function paintedHealth(page: Awaited<ReturnType<Browser["newPage"]>>, url: string): Promise<boolean> {
  await page.goto(url, { waitUntil: "load" });
  const nodes = await page.getByText(/\d\s?%/).count();
  const services = await page.getByText("checkout").count();
  return nodes > 0 && services > 0;
}
