import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { PHONE, WIDE } from "./pages.ts";
import { watchConsole } from "./watch-console.ts";

/** Opens an SLO of the list by its key. */
async function openSlo(page: Page, service: string, name: string): Promise<void> {
  await page.goto(`/slos?service=${service}&q=${name}`);
  await page
    .getByRole("main")
    .getByRole("link", { name: new RegExp(`${service} ${name}$`) })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${service}/${name}`);
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`)).toEqual(
    [],
  );
}

test("from the list to an SLO to what its figure is made of", async ({ page }) => {
  await openSlo(page, "checkout", "availability");
  const main = page.getByRole("main");
  await expect(main.getByText(/of the budget (left|overspent)/)).toBeVisible();
  await expect(main.getByRole("heading", { name: /^Burn-down/ })).toBeVisible();
  await expect(main.getByRole("heading", { name: /^Trailing budget/ })).toBeVisible();
  await expect(main.getByRole("heading", { name: /^Burn windows/ })).toBeVisible();
  await main.getByRole("button", { name: "Explain this number" }).click();
  const dialog = page.getByRole("dialog", { name: "Explain: budget left" });
  await expect(dialog).toContainText("1 - consumed");
  await expect(dialog).toContainText("http_requests_total");
  await expect(dialog.getByRole("group", { name: "Slots" }).getByRole("row")).toHaveCount(74);
  await page.keyboard.press("Escape");
  await main.getByTitle("Explain: Burn rate, 6h").click();
  await expect(page.getByRole("dialog", { name: "Explain: burn rate over 6h" })).toContainText(
    "bad / total / B",
  );
});

test("the explained figures are those of the page", async ({ page, request }) => {
  await openSlo(page, "checkout", "availability");
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const read = async (verb: string) => {
    const answer = (await (await request.get(`/api/v1/slos/${id}/${verb}`)).json()) as {
      data: Record<string, unknown>;
    };
    return answer.data;
  };
  const { budget, figures } = (await read("explain")) as {
    budget: { budgetConsumedRatio: number };
    figures: { name: string; value: number; worked: string }[];
  };
  const consumed = figures.find(({ name }) => name === "budgetConsumedRatio");
  expect(consumed?.value).toBe(budget.budgetConsumedRatio);
  const [, bad, b, total, net, covered] =
    /^([\d.]+) \/ \(([\d.]+) \* ([\d.]+) \* (\d+) \/ (\d+)\)$/.exec(consumed?.worked ?? "")?.map(Number) ??
    [];
  expect(bad! / ((b! * total! * net!) / covered!)).toBeCloseTo(budget.budgetConsumedRatio, 4);
});

test("the filter lives in the address, narrows the list, and can be cleared", async ({ page }) => {
  await page.goto("/slos");
  await page.waitForLoadState("networkidle");
  await page.getByRole("combobox", { name: "Only this service" }).selectOption("search");
  await expect(page).toHaveURL(/service=search/);
  const main = page.getByRole("main");
  await expect(main.getByRole("link", { name: /^search availability/ })).toBeVisible();
  await expect(main.getByRole("link", { name: /^checkout availability/ })).toHaveCount(0);
  await page.keyboard.press("/");
  await page.keyboard.type("zzzz");
  await expect(page.locator('[data-state="empty"]')).toContainText("No SLO matches the filter");
  await page.getByRole("button", { name: "Clear the filter" }).click();
  await expect(page).not.toHaveURL(/service=|q=/);
  await expect(main.getByRole("link", { name: /^checkout availability/ })).toBeVisible();
});

test("who spent it can be split, and the choice is in the address", async ({ page }) => {
  await openSlo(page, "checkout", "availability");
  const panel = page.locator("#who-spent-it");
  await panel.getByRole("button", { name: "status" }).click();
  await expect(page).toHaveURL(/by=status/);
  await expect(panel.getByRole("table").or(panel.locator('[data-state="empty"]')).first()).toBeVisible();
});

test("g o leads to the SLOs, the palette to one of them", async ({ page }) => {
  await page.goto("/");
  await page.waitForLoadState("networkidle");
  await page.keyboard.press("g");
  await page.keyboard.press("o");
  await expect(page).toHaveURL(/\/slos$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("SLOs");
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByPlaceholder(/^Go to a page/).fill("checkout/avail");
  await page.getByRole("option", { name: "checkout/availability" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("checkout/availability");
});

test("an SLO that is not there says so and leads on", async ({ page }) => {
  const response = await page.goto("/slos/nobody");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("main").getByRole("link", { name: "All SLOs" })).toHaveAttribute(
    "href",
    "/slos",
  );
});

test("figures that fail to come are an error with a way to try again, and never look healthy", async ({
  page,
}) => {
  await openSlo(page, "checkout", "availability");
  const address = page.url();
  await page.route("**/api/v1/slos/*/budget?*", (route) => route.abort());
  await page.goto(address);
  const trailing = page.locator("#trailing-budget");
  await expect(trailing.locator('[data-state="error"]')).toBeVisible();
  await page.unroute("**/api/v1/slos/*/budget?*");
  await trailing.getByRole("button", { name: "Try again" }).click();
  await expect(trailing.locator('[data-state="error"]')).toHaveCount(0);
});

for (const [size, viewport] of [
  ["1440", WIDE],
  ["390", PHONE],
] as const) {
  for (const colorScheme of ["dark", "light"] as const) {
    test(`the page of an SLO at ${size} px, ${colorScheme}: whole, accessible, nothing cut off, console silent`, async ({
      page,
    }, info) => {
      // Three charts, and every element of a long page to be looked at.
      test.slow();
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await openSlo(page, "checkout", "availability");
      const console = watchConsole(page);
      await page.reload();
      await expect(page.locator('[data-state="loading"]')).toHaveCount(0, { timeout: 20_000 });
      await expect(page.locator("#trailing-budget .recharts-surface")).toBeVisible({ timeout: 20_000 });
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(sideways).toBeLessThanOrEqual(0);
      await page.screenshot({ path: info.outputPath(`slo-${size}-${colorScheme}.png`), fullPage: true });
      await expectAccessible(page);
      console.expectSilence();
    });
  }
}

test("the explanation is accessible, and fits a phone", async ({ page }) => {
  await page.setViewportSize(PHONE);
  await openSlo(page, "checkout", "availability");
  await page.getByRole("button", { name: "Explain this number" }).click();
  await expect(page.getByRole("group", { name: "Slots" })).toBeVisible();
  const dialog = page.getByRole("dialog");
  expect(await dialog.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(
    0,
  );
  await expectAccessible(page);
});
