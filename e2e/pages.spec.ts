import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { PAGES, PHONE, WIDE } from "./pages.ts";
import { watchConsole } from "./watch-console.ts";

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.locator('[data-state="loading"]')).toHaveCount(0, { timeout: 15_000 });
}

const sidewaysScroll = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** An inherited colour changes a level of the page at a time, each in a frame of its own, even without motion. */
const noTransition = () => !document.getAnimations().some((running) => running instanceof CSSTransition);

/** E2E_PICTURES=on keeps every page in both themes to look at; they take as long as the checks. */
const PICTURES = process.env.E2E_PICTURES === "on";
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

async function expectNoViolation(builder: AxeBuilder): Promise<void> {
  const { violations } = await builder.analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`)).toEqual(
    [],
  );
}

for (const { name, path, heading, shows } of PAGES) {
  test(`${name}: measured, accessible at both sizes in dark and light, nothing cut off, console silent`, async ({
    page,
  }, info) => {
    const looks = async (size: string, theme: "dark" | "light", builder: AxeBuilder) => {
      // Without motion, colours change at once.
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await page.waitForFunction(noTransition);
      expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
      await expectNoViolation(builder);
      if (!PICTURES) return;
      await page.screenshot({ path: info.outputPath(`${name}-${size}-${theme}.png`), fullPage: true });
    };
    const all = () => new AxeBuilder({ page }).withTags(WCAG);
    // The other theme is the same page in other colours: nothing else can have changed.
    const contrast = () => new AxeBuilder({ page }).withRules(["color-contrast"]);
    await page.setViewportSize(WIDE);
    const console = watchConsole(page);
    await open(page, path);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(heading);
    const main = page.getByRole("main");
    for (const text of shows) await expect(main.getByText(text).first()).toBeVisible();
    await looks("1440", "dark", all());
    await looks("1440", "light", contrast());
    await page.setViewportSize(PHONE);
    for (const text of shows) await expect(main.getByText(text).first()).toBeVisible();
    await looks("390", "light", all());
    await looks("390", "dark", contrast());
    console.expectSilence();
  });
}

test("the first HTML of Health carries measured data", async ({ request }) => {
  const html = await (await request.get("/")).text();
  for (const node of ["ai1", "ai2", "nas1"]) expect(html).toContain(node);
  expect(html).toContain("checkout");
});

test("an unknown service and an unknown node say so and lead on", async ({ page }) => {
  for (const [path, list] of [
    ["/services/nobody", "/services"],
    [`/services/${encodeURIComponent('a"}or vector(1)#')}`, "/services"],
    ["/nodes/nobody", "/nodes"],
  ] as const) {
    const response = await page.goto(path);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("main").getByRole("link", { name: /all (services|nodes)/i })).toHaveAttribute(
      "href",
      list,
    );
  }
});

test("an address without a page says so in the console's frame", async ({ page }) => {
  expect((await page.goto("/no-such-page/at-all"))?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not found");
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
});

test("a refresh tick is one request, and the page does not move", async ({ page }) => {
  await page.addInitScript(() => {
    const shifts = { total: 0 };
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const shift = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
        if (!shift.hadRecentInput) shifts.total += shift.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  await open(page, "/");
  await page.waitForLoadState("networkidle");
  // The tick is ours from here on: one that starts by itself would be counted, or cut off by a click.
  await page.getByRole("button", { name: /^Refresh interval/ }).click();
  await page.getByText("off", { exact: true }).click();
  const requests: string[] = [];
  page.on("request", (request) => requests.push(`${request.method()} ${new URL(request.url()).pathname}`));
  for (let tick = 0; tick < 2; tick += 1) {
    const answered = page.waitForResponse((response) => response.url().endsWith("/api/v1/panels"));
    await page.getByRole("button", { name: "Refresh now" }).click();
    await answered;
    // A click while the last lines are still being read would cut the tick off and start another.
    await page.waitForTimeout(1_000);
  }
  expect(requests).toEqual(["POST /api/v1/panels", "POST /api/v1/panels"]);
  const total = await page.evaluate(() => (window as unknown as { shifts: { total: number } }).shifts.total);
  expect(total).toBeLessThanOrEqual(0.02);
});
