import { spawn, type ChildProcess } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium, type Browser } from "@playwright/test";

const START_LIMIT_MS = 180_000;

export interface RunningDemo {
  url: string;
  startedAtMs: number;
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
  const child: ChildProcess = spawn(process.execPath, ["--import", "./register.ts", "demo/start.ts"], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, PORT: String(port), BURNLINE_HOME: home },
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    url: `http://127.0.0.1:${port}`,
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

/** Seconds from the demo's start until the Health page shows a node's CPU figure and a service's traffic. */
export async function secondsToFirstPaint(demo: RunningDemo, browser: Browser): Promise<number> {
  const context = await browser.newContext();
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
  const ready = await fetch(`${url}/api/health/ready`).then(
    (response) => response.ok,
    () => false,
  );
  if (!ready) return false;
  await page.goto(url, { waitUntil: "load" });
  const nodes = await page.getByText(/\d\s?%/).count();
  const services = await page.getByText("checkout").count();
  return nodes > 0 && services > 0;
}
