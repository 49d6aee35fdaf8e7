import { expect, test } from "@playwright/test";
import { breakDemo } from "./break-demo.ts";

test.afterEach(() => breakDemo("heal"));

test("Prometheus stopped: the last data stays, stale with its age; back up, it recovers by itself", async ({
  page,
}) => {
  test.setTimeout(180_000);
  await page.goto("/");
  await page.waitForLoadState("networkidle");
  await breakDemo("prometheus-down");
  const stale = page.locator('[data-state="stale"]').first();
  await expect(stale).toContainText("as of", { timeout: 60_000 });
  await expect(page.getByRole("main").getByText("checkout").first()).toBeVisible();
  await expect(page.getByRole("button", { name: /Prometheus down/ })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("main").getByText("checkout").first()).toBeVisible();
  await expect(page.locator('[data-state="stale"]').first()).toBeVisible({ timeout: 30_000 });
  await breakDemo("heal");
  await expect(page.locator('[data-state="stale"]')).toHaveCount(0, { timeout: 90_000 });
  await expect(page.getByRole("button", { name: /Prometheus ok/ })).toBeVisible({ timeout: 30_000 });
});

test("Loki stopped: only the log panel says so", async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto("/services/checkout");
  await page.waitForLoadState("networkidle");
  await breakDemo("loki-down");
  await expect(page.locator('[data-state="stale"], [data-state="error"]')).toHaveCount(1, {
    timeout: 60_000,
  });
  await expect(
    page.getByRole("region", { name: /logs/i }).locator('[data-state="stale"], [data-state="error"]'),
  ).toHaveCount(1);
  await breakDemo("heal");
  await expect(page.locator('[data-state="stale"], [data-state="error"]')).toHaveCount(0, {
    timeout: 90_000,
  });
});

test("errors in checkout: the service turns critical and is the first finding", async ({ page }) => {
  test.setTimeout(300_000);
  await breakDemo("errors", "checkout");
  await page.goto("/");
  await expect(async () => {
    await page.getByRole("button", { name: "Refresh now" }).click();
    await expect(page.getByLabel("How is the cluster?")).toContainText("checkout", { timeout: 5_000 });
  }).toPass({ timeout: 240_000, intervals: [15_000] });
  await expect(
    page
      .getByRole("row", { name: /checkout/ })
      .or(page.getByRole("listitem").filter({ hasText: "checkout" }))
      .first(),
  ).toContainText(/critical|warning/);
});
