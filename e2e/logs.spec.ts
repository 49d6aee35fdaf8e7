import { expect, test, type Page } from "@playwright/test";
import { watchConsole } from "./watch-console.ts";

const linesOf = (page: Page) => page.getByRole("list", { name: "Log lines" }).getByRole("listitem");
const queryOf = (page: Page) => page.getByRole("textbox", { name: "Query in LogQL" });

test("from a service's lines to one line in its stream, by link", async ({ page }) => {
  const { expectSilence } = watchConsole(page);
  await page.goto("/services/checkout?range=1h");
  await page.getByRole("link", { name: "Open in Logs" }).click();
  await expect(page).toHaveURL(/\/logs\?/);
  await expect(queryOf(page)).toHaveValue('{service="checkout"}');
  await expect(page.getByLabel("Only this service")).toHaveValue("checkout");
  await expect(page.getByRole("heading", { name: /lines?, .* errors?$/ })).toBeVisible();

  // A picker writes LogQL, and LogQL by hand moves the pickers.
  await page.getByRole("list", { name: "Levels" }).getByRole("button", { name: /^info/ }).click();
  await expect(queryOf(page)).toHaveValue('{service="checkout"} | detected_level="info"');
  await queryOf(page).fill('{service="checkout"} |= "trace_id"');
  await queryOf(page).press("Enter");
  await expect(page.getByLabel("Only lines with this text")).toHaveValue("trace_id");

  // An opened line tells its fields, each a filter.
  await linesOf(page).first().getByRole("button").first().click();
  const opened = linesOf(page).first();
  await expect(opened.getByRole("region", { name: "Labels of its stream" })).toContainText("checkout");
  await opened.getByRole("button", { name: "No lines with this pod" }).click();
  await expect(queryOf(page)).toHaveValue(/pod!="/);
  await page.goBack();
  await expect(queryOf(page)).toHaveValue('{service="checkout"} |= "trace_id"');

  // Whoever opens its address sees the line among its neighbours.
  await linesOf(page).first().getByRole("button").first().click();
  const text = await linesOf(page).first().locator("pre").innerText();
  await linesOf(page).first().getByRole("button", { name: "Lines around it" }).click();
  await expect(page).toHaveURL(/line=\d+-[0-9a-f]{8}/);
  await page.goto(page.url().replace(/range=1h/, "range=15m"));
  const dialog = page.getByRole("dialog", { name: "A line in its stream" });
  await expect(dialog.locator("[aria-current=true]")).toContainText(text.slice(0, 80));
  expect(await dialog.getByRole("listitem").count()).toBeGreaterThan(1);
  expectSilence();
});

test("a range by dragging, older lines, and what is not there", async ({ page }) => {
  await page.goto("/logs?range=6h&limit=200");
  await expect(page.getByRole("heading", { name: "The newest 200 lines of more" })).toBeVisible();
  await expect(page.getByText(/^Limit reached: about .* more lines in this range\.$/)).toBeVisible();
  await page.getByRole("button", { name: "Load 200 older lines" }).click();
  await expect(page.getByText(/^The list stands still since/)).toBeVisible();
  // Lines of the nanosecond at the cut come twice and count once.
  await expect(page.getByRole("button", { name: /^Download (39\d|400) lines$/ })).toBeVisible();

  const bars = page.getByRole("img", { name: /^Lines by level/ });
  await page.evaluate(() => scrollTo(0, 0));
  const box = await bars.boundingBox();
  if (!box) throw new Error("the bars are not drawn");
  await page.mouse.move(box.x + box.width * 0.9, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.95, box.y + 20, { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/from=.*to=/);

  await queryOf(page).fill('{service="no-such-service"}');
  await queryOf(page).press("Enter");
  await expect(page.getByText("No line in this range")).toBeVisible();
  await queryOf(page).fill("{service=");
  await queryOf(page).press("Enter");
  await expect(page.getByText(/The pickers rest/)).toBeVisible();
  await expect(page.locator("[data-state=error]").first()).toBeVisible();
});

test("lines as they are written", async ({ page }) => {
  await page.goto("/logs");
  await page.getByRole("button", { name: "Live" }).click();
  await expect(page).toHaveURL(/live=true/);
  await expect(page.getByText(/lines\/s$/)).toBeVisible();
  const live = page.getByRole("list", { name: "Live log lines" }).getByRole("listitem");
  await expect(live.first()).toBeVisible();
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByRole("button", { name: /^Go on, [1-9]\d* lines? wait$/ })).toBeVisible({
    timeout: 20_000,
  });
  await page.getByRole("button", { name: /^Go on/ }).click();
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
});
