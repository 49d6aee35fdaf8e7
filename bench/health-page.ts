import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser } from "@playwright/test";
import { median } from "./calibrate.ts";
import { launchBrowser, type RunningDemo, secondsToFirstPaint, signedIn, startDemo } from "./demo-run.ts";
import { loadNow } from "./main-thread.ts";
import { arm, atMost, type Arm, type Bar } from "./report.ts";

const LCP_LIMIT_S = 0.8;
const TBT_LIMIT_MS = 150;
/** A phone of the cheaper kind. */
const SLOWDOWN = 4;
const CLS_LIMIT = 0.02;
const TICK_MS = 15_000;
const TICKS_WATCHED = 2;
const QUIET_MS = 3_000;

interface PageFigures {
  lcpSeconds: number;
  slowFirstByteSeconds: number;
  slowLcpSeconds: number;
  slowBlockingMs: number;
  layoutShift: number;
  requestsPerTick: number;
  consoleMessages: number;
  load: number;
}

/** Collects what the browser itself reports, from before the first byte. */
const OBSERVE = `
  window.__figures = { lcp: 0, cls: 0, blocked: 0 };
  new PerformanceObserver((l) => { for (const e of l.getEntries()) window.__figures.lcp = e.startTime; })
    .observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((l) => { for (const e of l.getEntries()) if (!e.hadRecentInput) window.__figures.cls += e.value; })
    .observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((l) => { for (const e of l.getEntries()) window.__figures.blocked += Math.max(0, e.duration - 50); })
    .observe({ type: "longtask", buffered: true });
`;

const READ = `({ ...window.__figures, firstByte: performance.getEntriesByType("navigation")[0].responseStart })`;

interface Seen {
  /** When the first byte of the page was there: what of the paint is the server's. */
  firstByte: number;
  lcp: number;
  cls: number;
  /** Total blocking time: what tasks take beyond 50 ms, in ms. */
  blocked: number;
}

/** The first load with the processor slowed down, until nothing is fetched any more. */
async function measureSlow(browser: Browser, demo: RunningDemo): Promise<Seen> {
  const context = await signedIn(browser, demo, { viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  await page.addInitScript(OBSERVE);
  await page.goto(demo.url, { waitUntil: "networkidle" });
  await page.waitForTimeout(QUIET_MS);
  const seen = (await page.evaluate(READ)) as Seen;
  await context.close();
  return seen;
}

async function measure(browser: Browser, demo: RunningDemo): Promise<PageFigures> {
  const context = await signedIn(browser, demo, { viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  let consoleMessages = 0;
  page.on("console", () => (consoleMessages += 1));
  page.on("pageerror", () => (consoleMessages += 1));
  await page.addInitScript(OBSERVE);
  await page.goto(demo.url, { waitUntil: "networkidle" });
  let requests = 0;
  let ticks = 0;
  page.on("request", (request) => {
    requests += 1;
    if (request.url().endsWith("/api/v1/panels")) ticks += 1;
  });
  await page.waitForTimeout(TICK_MS * TICKS_WATCHED + TICK_MS / 2);
  const seen = (await page.evaluate(READ)) as Seen;
  await context.close();
  const slow = await measureSlow(browser, demo);
  return {
    lcpSeconds: seen.lcp / 1000,
    slowFirstByteSeconds: slow.firstByte / 1000,
    slowLcpSeconds: slow.lcp / 1000,
    slowBlockingMs: slow.blocked,
    layoutShift: seen.cls,
    requestsPerTick: ticks === 0 ? NaN : requests / ticks,
    consoleMessages,
    load: loadNow(),
  };
}

/** The Health page, warm: paint, stability, requests per refresh tick, silence of the console. */
export async function benchHealth(rounds: number): Promise<{ arms: Arm[]; bars: Bar[] }> {
  const home = mkdtempSync(path.join(tmpdir(), "burnline-bench-"));
  const browser = await launchBrowser();
  const demo = await startDemo(home);
  const figures: PageFigures[] = [];
  try {
    await secondsToFirstPaint(demo, browser);
    for (let round = 0; round < rounds; round += 1) figures.push(await measure(browser, demo));
  } finally {
    await demo.stop();
    await browser.close();
    rmSync(home, { recursive: true, force: true });
  }
  const of = (key: keyof PageFigures) => figures.map((figure) => figure[key]);
  const middle = (key: keyof PageFigures) => median(of(key));
  const worst = (key: keyof PageFigures) => Math.max(...of(key));
  return {
    arms: [
      arm("Health warm, largest contentful paint", "s", of("lcpSeconds")),
      arm(`Health, ${SLOWDOWN}x slower, first byte`, "s", of("slowFirstByteSeconds")),
      arm(`Health, ${SLOWDOWN}x slower, largest contentful paint`, "s", of("slowLcpSeconds")),
      arm(`Health, ${SLOWDOWN}x slower, blocking time`, "ms", of("slowBlockingMs")),
      arm("Health warm, layout shift", "", of("layoutShift")),
      arm("Health, requests per refresh tick", "", of("requestsPerTick")),
      arm("Health, console messages", "", of("consoleMessages")),
      arm("load of the machine meanwhile", "", of("load")),
    ],
    bars: [
      atMost("Health LCP", middle("lcpSeconds"), LCP_LIMIT_S, "s"),
      atMost(`Health LCP, ${SLOWDOWN}x slower`, middle("slowLcpSeconds"), LCP_LIMIT_S, "s"),
      atMost(`Health blocking time, ${SLOWDOWN}x slower`, middle("slowBlockingMs"), TBT_LIMIT_MS, "ms"),
      atMost("Health layout shift", worst("layoutShift"), CLS_LIMIT, ""),
      atMost("Health requests per tick", worst("requestsPerTick"), 1, ""),
      atMost("Health console messages", worst("consoleMessages"), 0, ""),
    ],
  };
}
