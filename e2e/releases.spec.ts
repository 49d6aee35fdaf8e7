import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { PHONE } from "./pages.ts";
import { demoFile, signInAs } from "./sign-in.ts";

/** A person of the demo, in a browser of their own. */
async function browserOf(browser: Browser, role: string, phone = false): Promise<Page> {
  const context = await browser.newContext({
    storageState: { cookies: [], origins: [] },
    baseURL: demoFile().url,
    ...(phone ? { viewport: PHONE } : {}),
  });
  await signInAs(context.request, role);
  return context.newPage();
}

test("a release from its request over a second person's review to going out", async ({ browser }) => {
  const sre = await browserOf(browser, "sre");
  const version = `3.${Date.now()}`;
  await sre.goto("/releases");
  await sre.getByRole("button", { name: "Request a release…" }).click();
  const dialog = sre.getByRole("dialog");
  await dialog.getByLabel("Service", { exact: true }).selectOption("search");
  await dialog.getByLabel("Version").fill(version);
  await dialog.getByLabel("Commit").fill("no hash");
  await dialog.getByLabel("Declared risk").selectOption("high");
  await dialog.getByRole("button", { name: "Request", exact: true }).click();
  await expect(dialog.getByText("must be a commit's hash")).toBeVisible();
  await dialog.getByLabel("Commit").fill("abcdef1");
  await dialog.getByRole("button", { name: "Request", exact: true }).click();
  await expect(sre).toHaveURL(/\/releases\/[0-9a-f-]{36}$/);
  await expect(sre.getByText("Review", { exact: true })).toBeVisible();
  await expect(sre.getByText(/Not for you to answer/)).toBeVisible();

  const manager = await browserOf(browser, "release_manager", true);
  await manager.goto(sre.url());
  await manager.getByRole("button", { name: "Approve", exact: true }).click();
  await expect(manager.getByText("A reason is needed")).toBeVisible();
  await manager.getByRole("button", { name: "The figures are fine" }).click();
  await manager.getByRole("button", { name: "Approve", exact: true }).click();
  await expect(manager.getByText("The figures are fine")).toBeVisible();
  await expect(manager.getByText(/may start until its lease ends/)).toBeVisible();

  const id = sre.url().split("/").at(-1);
  const started = await sre.request.post(`/api/v1/releases/${id}/deploys`, {
    data: { event: "start", commit: "abcdef1" },
  });
  expect(started.status()).toBe(200);
  await sre.goto(`/releases?q=${version}`);
  const out = sre.getByRole("list", { name: "Approved and going out" });
  await expect(out.getByRole("listitem").filter({ hasText: version })).toContainText("going out");
  await sre.request.post(`/api/v1/releases/${id}/deploys`, { data: { event: "finish" } });
  await expect(sre.getByRole("list", { name: "Recent" }).getByRole("listitem")).toContainText("deployed", {
    timeout: 20_000,
  });
  await manager.context().close();
  await sre.context().close();
});

test("a decision is proven: the same facts give the same verdict, and the log verifies", async ({ page }) => {
  const asked = await page.request.post("/api/v1/releases", {
    data: { service: "search", version: `4.${Date.now()}`, commit: "abcdef2" },
  });
  const { release } = (await asked.json()) as { release: { id: string } };
  await page.goto(`/releases/${release.id}`);
  await page.getByRole("button", { name: "Decide again on these facts" }).click();
  await expect(page.getByText(/same facts, same verdict/)).toBeVisible();
  const violations = (await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id);
  expect(violations).toEqual([]);
  await page.goto(`/releases/decisions?release=${release.id}`);
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByText(/records are as they were written/)).toBeVisible();
  // The oldest record of a release is its evaluation.
  await page
    .getByRole("link", { name: /^Record \d+$/ })
    .last()
    .click();
  await expect(page).toHaveURL(/\/releases\/decisions\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { name: /^Record \d+$/ })).toBeVisible();
  await page.getByRole("button", { name: "Decide again on these facts" }).click();
  await expect(page.getByText(/same facts, same verdict/)).toBeVisible();
});
