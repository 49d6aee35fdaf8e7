import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "@playwright/test";
import type { SeriesData } from "#lib/contracts/series.ts";
import { tellChart } from "#lib/server/query/sent-charts.ts";
import { median } from "./calibrate.ts";
import { launchBrowser, type RunningDemo, startDemo } from "./demo-run.ts";
import { loadNow, type WatchedPage, watchPage } from "./main-thread.ts";
import { arm, atMost, type Arm, type Bar } from "./report.ts";

const UPDATE_LIMIT_MS = 50;
const LINES = 10;
const POINTS = 300;
const STEP_SECONDS = 15;
const DENSE = ["node.cpu", "node.load", "node.memory", "node.filesystems", "node.disk-io"];
/** The others of the page: their empty charts cost nothing. */
const SPARSE = ["node.network", "node.temperature"];
const SETTLE_MS = 1_500;

interface Asked {
  panels: { id: string; panel: string; have?: string }[];
}

/** Ten lines that move on by a step a tick, none of them like another. */
function chartAt(tick: number, panel: string): SeriesData {
  const startSeconds = 1_800_000_000 + tick * STEP_SECONDS;
  const value = (line: number, point: number) =>
    Math.abs(Math.sin((point + tick) / (9 + line)) + ((point + tick + line) * 7919) / 1e6) % 1;
  const series = Array.from({ length: LINES }, (_, line) => ({
    name: `${panel} ${line}`,
    labels: {},
    values: Array.from({ length: POINTS }, (_, point) => value(line, point)),
  }));
  return { startSeconds, stepSeconds: STEP_SECONDS, unit: "ratio", series, thresholds: [] };
}

const emptyChart = (): SeriesData => ({
  startSeconds: 1_800_000_000,
  stepSeconds: STEP_SECONDS,
  unit: "ratio",
  series: [],
  thresholds: [],
});

/** Answers a page's ticks as the endpoint would: five dense charts, told by their tails once they are held. */
async function answerTicks(page: Page): Promise<void> {
  const lines = new Map<string, string>();
  let tick = 0;
  await page.route("**/api/v1/panels", async (route) => {
    const { panels } = route.request().postDataJSON() as Asked;
    if (lines.size === 0) {
      // What else the page shows stays as it is.
      const body = await (await route.fetch()).text();
      for (const text of body.trim().split("\n")) lines.set((JSON.parse(text) as { id: string }).id, text);
    }
    tick += 1;
    const asOf = new Date().toISOString();
    const told = panels.map(({ id, panel, have }) => {
      if (!DENSE.includes(panel) && !SPARSE.includes(panel)) return lines.get(id) ?? "";
      const chart = DENSE.includes(panel) ? chartAt(tick, panel) : emptyChart();
      const { data, ...which } = tellChart(chart, have);
      const answer = { data, asOf, stale: false, partial: false, warnings: [] };
      return JSON.stringify({ id, ok: true, answer, queries: [], ...which });
    });
    await route.fulfill({ contentType: "application/x-ndjson", body: told.filter(Boolean).join("\n") });
  });
}

/** Main thread's work while something happens and until all has settled. */
async function workOf({ page, workedMs }: WatchedPage, happen: () => Promise<unknown>): Promise<number> {
  const before = await workedMs();
  await happen();
  await page.waitForTimeout(SETTLE_MS);
  return (await workedMs()) - before;
}

/** All five dense charts are drawn on a canvas, and none by recharts. */
async function waitForCanvases(page: Page): Promise<void> {
  await page
    .locator("canvas")
    .nth(DENSE.length - 1)
    .waitFor();
  const drawnAsSvg = await page.locator(".recharts-wrapper").count();
  if (drawnAsSvg > 0) throw new Error(`${drawnAsSvg} charts are not drawn on a canvas`);
}

/** Updates of five charts of ten lines, each less what the page does anyway in as long. */
async function measureUpdates(watched: WatchedPage, demo: RunningDemo, rounds: number) {
  const { page } = watched;
  await answerTicks(page);
  await page.goto(`${demo.url}/nodes/ai1?range=1h`);
  // Without a search by role, whose work would count as the page's.
  const refresh = () => page.evaluate(`document.querySelector('[aria-label="Refresh now"]').click()`);
  await refresh();
  await waitForCanvases(page);
  await page.waitForTimeout(SETTLE_MS);
  const [idle, updates, loads]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round += 1) {
    idle.push(await workOf(watched, () => page.mouse.move(5, 5)));
    const answered = page.waitForResponse((response) => response.url().endsWith("/api/v1/panels"));
    updates.push(await workOf(watched, () => Promise.all([refresh(), answered])));
    loads.push(loadNow());
  }
  return { idle, updates, loads };
}

/** Drawing in a real browser over the production build: what an update of dense charts takes of the main thread. */
export async function benchDrawing(rounds: number): Promise<{ arms: Arm[]; bars: Bar[] }> {
  const home = mkdtempSync(path.join(tmpdir(), "burnline-bench-"));
  const browser = await launchBrowser();
  const demo = await startDemo(home);
  try {
    const options = { viewport: { width: 1440, height: 2400 } };
    const { idle, updates, loads } = await watchPage(browser, demo, options, (watched) =>
      measureUpdates(watched, demo, rounds),
    );
    const quiet = median(idle);
    const net = updates.map((ms) => ms - quiet);
    const what = `update of ${DENSE.length} charts, ${LINES} lines, ${POINTS} points`;
    return {
      arms: [
        arm("node page at rest, main thread", "ms", idle),
        arm(`${what}, main thread`, "ms", net),
        arm("load of the machine meanwhile", "", loads),
      ],
      bars: [atMost(what, median(net), UPDATE_LIMIT_MS, "ms")],
    };
  } finally {
    await demo.stop();
    await browser.close();
    rmSync(home, { recursive: true, force: true });
  }
}
