import { loadavg } from "node:os";
import type { Browser, BrowserContext, CDPSession, Page } from "@playwright/test";
import { type RunningDemo, signedIn } from "./demo-run.ts";

/** A page of the demo whose main thread is watched. */
export interface WatchedPage {
  page: Page;
  /** Milliseconds that the main thread has worked since the page began, by its own clock. */
  workedMs(): Promise<number>;
}

async function workedMs(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN) * 1000;
}

/** Opens a page as the demo's administrator for as long as it is watched. */
export async function watchPage<T>(
  browser: Browser,
  demo: RunningDemo,
  options: Parameters<Browser["newContext"]>[0],
  watch: (watched: WatchedPage) => Promise<T>,
): Promise<T> {
  const context: BrowserContext = await signedIn(browser, demo, options);
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    // Its own time, not that of the clock: the machine serves the page as well.
    await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
    return await watch({ page, workedMs: () => workedMs(devtools) });
  } finally {
    await context.close();
  }
}

/** How many processes wanted to run in the last minute: what says how far a figure of the clock is to be trusted. */
export function loadNow(): number {
  return loadavg()[0] ?? NaN;
}
