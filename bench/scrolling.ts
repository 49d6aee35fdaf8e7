import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "@playwright/test";
import { median } from "./calibrate.ts";
import { launchBrowser, startDemo } from "./demo-run.ts";
import { loadNow, type WatchedPage, watchPage } from "./main-thread.ts";
import { arm, atMost, type Arm, type Bar } from "./report.ts";

const SERVICES = 1_000;
const LINES = 100_000;
/** What is left of a sixtieth of a second for scrolling is the whole of it. */
const FRAME_MS = 1000 / 60;
const FRAMES = 120;
const PX_A_FRAME = 160;

interface Told {
  id: string;
  ok: boolean;
  answer: { data: unknown };
}

/** A hundred thousand lines are 45 MB of answer. */
const LONGEST_MS = 120_000;

/** Has the page's answers, which then come only when asked for, tell as much more as `grow` makes of a panel's data. */
async function withMany(
  page: Page,
  url: string,
  panel: string,
  grow: (data: unknown) => unknown,
): Promise<void> {
  await page.context().addCookies([{ name: "burnline-refreshSeconds", value: "0", url }]);
  await page.route("**/api/v1/panels", async (route) => {
    const text = await (await route.fetch()).text();
    const lines = text.trim().split("\n");
    const grown = lines.map((line) => {
      const told = JSON.parse(line) as Told;
      if (told.id !== panel || !told.ok) return line;
      return JSON.stringify({ ...told, answer: { ...told.answer, data: grow(told.answer.data) } });
    });
    await route.fulfill({ contentType: "application/x-ndjson", body: grown.join("\n") });
  });
}

function manyServices(data: unknown): unknown {
  const few = data as { name: string }[];
  return Array.from({ length: SERVICES }, (_, nth) => {
    const like = few[nth % few.length]!;
    return { ...like, name: `${like.name}-${nth}` };
  });
}

function manyLines(data: unknown): unknown {
  const { lines: few } = data as { lines: { timestampNs: string }[] };
  const newestNs = BigInt(few[0]?.timestampNs ?? 0);
  const lines = Array.from({ length: LINES }, (_, nth) => ({
    ...few[nth % few.length]!,
    timestampNs: String(newestNs - BigInt(nth) * 1_000_000n),
  }));
  return { lines, limitReached: false };
}

/** What is scrolled: the page, or a list within it. */
const SCROLL = (list: string | null) => `new Promise((done) => {
  const inside = ${list === null ? "document.scrollingElement" : `document.querySelector(${JSON.stringify(list)}).parentElement`};
  const gaps = [];
  let before = performance.now();
  const step = (now) => {
    gaps.push(now - before);
    before = now;
    inside.scrollTop += ${PX_A_FRAME};
    if (gaps.length > ${FRAMES}) done(gaps.slice(1));
    else requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})`;

/** Main thread's work for a frame of scrolling, and the time between frames that nineteen of twenty stay under, in ms. */
async function scroll({ page, workedMs }: WatchedPage, list: string | null) {
  const before = await workedMs();
  const gaps = (await page.evaluate(SCROLL(list))) as number[];
  const workMs = ((await workedMs()) - before) / FRAMES;
  return { workMs, gapMs: gaps.sort((a, b) => a - b)[Math.floor(gaps.length * 0.95)] ?? NaN };
}

const refresh = (page: Page) => page.getByRole("button", { name: "Refresh now" }).click();

async function openServices({ page }: WatchedPage, url: string): Promise<void> {
  await withMany(page, url, "cluster.services", manyServices);
  await page.goto(`${url}/services`);
  await refresh(page);
  await page.locator(`table[aria-rowcount="${SERVICES + 1}"]`).waitFor();
}

async function openLines({ page }: WatchedPage, url: string): Promise<void> {
  await withMany(page, url, "query.logs", manyLines);
  await page.goto(`${url}/logs`);
  await refresh(page);
  await page.locator(`li[aria-setsize="${LINES}"]`).first().waitFor({ timeout: LONGEST_MS });
}

const LISTS = [
  { name: "1,000 services", open: openServices, list: null },
  { name: "100,000 log lines", open: openLines, list: 'ol[aria-label="Log lines"]' },
];

/** Long lists in a real browser over the production build: whether they are drawn as fast as one scrolls. */
export async function benchScrolling(rounds: number): Promise<{ arms: Arm[]; bars: Bar[] }> {
  const home = mkdtempSync(path.join(tmpdir(), "burnline-bench-"));
  const browser = await launchBrowser();
  const demo = await startDemo(home);
  const arms: Arm[] = [];
  const bars: Bar[] = [];
  try {
    for (const { name, open, list } of LISTS) {
      const seen = await watchPage(
        browser,
        demo,
        { viewport: { width: 1440, height: 900 } },
        async (watched) => {
          await open(watched, demo.url);
          const each: { workMs: number; gapMs: number; load: number }[] = [];
          for (let round = 0; round < rounds; round += 1)
            each.push({ ...(await scroll(watched, list)), load: loadNow() });
          return each;
        },
      );
      const work = seen.map(({ workMs }) => workMs);
      arms.push(
        arm(`scrolling ${name}, main thread a frame`, "ms", work),
        arm(
          `scrolling ${name}, p95 between frames`,
          "ms",
          seen.map(({ gapMs }) => gapMs),
        ),
        arm(
          "load of the machine meanwhile",
          "",
          seen.map(({ load }) => load),
        ),
      );
      bars.push(atMost(`scrolling ${name}, a frame`, median(work), Number(FRAME_MS.toFixed(1)), "ms"));
    }
  } finally {
    await demo.stop();
    await browser.close();
    rmSync(home, { recursive: true, force: true });
  }
  return { arms, bars };
}
