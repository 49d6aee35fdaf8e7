import { expect, test } from "@playwright/test";
import { PHONE } from "./pages.ts";

test.describe("keyboard", () => {
  test("g then s, n, h goes to the pages", async ({ page }) => {
    await page.goto("/");
    for (const [key, path] of [
      ["s", "/services"],
      ["n", "/nodes"],
      ["h", "/"],
    ] as const) {
      await page.waitForLoadState("networkidle");
      await page.keyboard.press("g");
      await page.keyboard.press(key);
      await expect(page).toHaveURL((url) => url.pathname === path);
    }
  });

  test("/ filters the services, the URL keeps it, j and enter open one", async ({ page }) => {
    await page.goto("/services");
    await page.waitForLoadState("networkidle");
    await page.keyboard.press("/");
    await page.keyboard.type("inference");
    await expect(page).toHaveURL(/q=inference/);
    await expect(page.getByRole("main").getByText("media-store")).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole("main").getByText("inference-gateway").first()).toBeVisible();
    await page.waitForLoadState("networkidle");
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/services\/inference-gateway/);
  });

  test("? lists the keys, escape closes", async ({ page }) => {
    await page.goto("/");
    await page.waitForLoadState("networkidle");
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toContainText("Services");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });

  test("the palette finds a node and goes there", async ({ page }) => {
    await page.goto("/");
    await page.waitForLoadState("networkidle");
    await page.keyboard.press("ControlOrMeta+k");
    await expect(page.getByRole("combobox")).toBeFocused();
    await page.keyboard.type("nas1");
    await expect(page.getByRole("option", { name: /nas1/ }).first()).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/nodes\/nas1/);
  });

  test("a dialog gives the focus back, also to the menu it was chosen from", async ({ page }) => {
    await page.goto("/nodes/ai1");
    await page.waitForLoadState("networkidle");
    const menu = page.getByRole("button", { name: "Panel actions" }).first();
    for (const time of ["first", "second"]) {
      await menu.focus();
      await page.keyboard.press("Enter");
      await page.getByRole("menuitem", { name: "View quer" }).press("Enter");
      await expect(page.getByRole("dialog"), time).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await expect(menu, time).toBeFocused();
    }
  });

  test("t opens the time range, and the choice is in the URL", async ({ page }) => {
    await page.goto("/nodes/ai1");
    await page.waitForLoadState("networkidle");
    await page.keyboard.press("t");
    await page.getByRole("dialog").getByRole("button", { name: "1 h", exact: true }).click();
    await expect(page).toHaveURL(/range=1h/);
    await expect(page.getByRole("button", { name: "Time range: Last 1 h" })).toBeVisible();
    const asked = page.waitForRequest((request) => request.url().endsWith("/api/v1/panels"));
    await page.getByRole("button", { name: "Refresh now" }).click();
    expect((await asked).postDataJSON()).toMatchObject({ range: { lastSeconds: 3_600 } });
  });
});

test("a theme once chosen stays", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto("/");
  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: /theme/i }).click();
  await page.getByText("Light", { exact: true }).click();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
});

test("on a phone the bottom bar leads everywhere", async ({ page }) => {
  await page.setViewportSize(PHONE);
  await page.goto("/");
  await page.getByRole("navigation").getByRole("link", { name: "Releases" }).click();
  await expect(page).toHaveURL(/\/releases$/);
});

test("the query behind a panel can be read", async ({ page }) => {
  await page.goto("/services/checkout");
  await page.waitForLoadState("networkidle");
  const panel = page.getByRole("region", { name: /p99/ }).first();
  await panel.getByRole("button", { name: /more|menu|actions/i }).click();
  await page.getByRole("menuitem", { name: "View query" }).click();
  await expect(page.getByRole("dialog")).toContainText("http_request_duration_seconds_bucket");
});
