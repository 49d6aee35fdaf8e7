import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser } from "@playwright/test";
import { launchBrowser, type RunningDemo, secondsToFirstPaint, signedIn, startDemo } from "./demo-run.ts";
import { arm, atMost, type Arm, type Bar } from "./report.ts";

const LCP_LIMIT_S = 1;
const CLS_LIMIT = 0.02;
const TICK_MS = 15_000;
const TICKS_WATCHED = 2;

interface PageFigures {
  lcpSeconds: number;
  layoutShift: number;
  requestsPerTick: number;
  consoleMessages: number;
}

/** Collects what the browser itself reports, from before the first byte. */
const OBSERVE = `
  window.__figures = { lcp: 0, cls: 0 };
  new PerformanceObserver((l) => { for (const e of l.getEntries()) window.__figures.lcp = e.startTime; })
    .observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((l) => { for (const e of l.getEntries()) if (!e.hadRecentInput) window.__figures.cls += e.value; })
    .observe({ type: "layout-shift", buffered: true });
`;

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
  const seen = (await page.evaluate("window.__figures")) as { lcp: number; cls: number };
  await context.close();
  return {
    lcpSeconds: seen.lcp / 1000,
    layoutShift: seen.cls,
    requestsPerTick: ticks === 0 ? NaN : requests / ticks,
    consoleMessages,
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
  const arms = [
    arm("Health warm, largest contentful paint", "s", of("lcpSeconds")),
    arm("Health warm, layout shift", "", of("layoutShift")),
    arm("Health, requests per refresh tick", "", of("requestsPerTick")),
    arm("Health, console messages", "", of("consoleMessages")),
  ];
  const [lcp, shift, requests, console] = arms;
  return {
    arms,
    bars: [
      atMost("Health LCP", lcp?.median ?? NaN, LCP_LIMIT_S, "s"),
      atMost("Health layout shift", shift?.max ?? NaN, CLS_LIMIT, ""),
      atMost("Health requests per tick", requests?.max ?? NaN, 1, ""),
      atMost("Health console messages", console?.max ?? NaN, 0, ""),
    ],
  };
}
