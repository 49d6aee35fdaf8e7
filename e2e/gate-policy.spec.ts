import { type Browser, expect, type Page, test } from "@playwright/test";
import { demoFile, signInAs } from "./sign-in.ts";

async function browserOf(browser: Browser, role: string): Promise<Page> {
  const context = await browser.newContext({
    storageState: { cookies: [], origins: [] },
    baseURL: demoFile().url,
  });
  await signInAs(context.request, role);
  return context.newPage();
}

test("a policy is tried, replayed, proposed, and decided on by somebody else", async ({ page, browser }) => {
  const reason = `a trial of ${Date.now()}`;
  await page.goto("/releases/policy");
  await page.getByLabel("no data, low risk").selectOption("approve");
  await expect(page.getByText("nothing measured never approves")).toBeVisible();
  await expect(page.getByRole("button", { name: "Propose…" })).toBeDisabled();
  await expect(page.getByText(/not right yet: .*no data, low risk/)).toBeVisible();
  await page.getByRole("button", { name: "Drop the changes" }).click();
  await page.getByRole("button", { name: "Add a step" }).click();
  await expect(page.getByLabel("Changes").first()).toContainText("Size of the change");
  await page
    .getByRole("button", { name: /^Remove step/ })
    .last()
    .click();
  await page.getByLabel("On the clock of").fill("Mars");
  await expect(page.getByText(/is no time zone/)).toBeVisible();
  await page.getByRole("button", { name: "Drop the changes" }).click();
  await page.getByLabel("attention, low risk").selectOption("review");
  await expect(page.getByLabel("Changes").first()).toContainText("matrix.attention.low");
  await page.getByRole("button", { name: "Replay on past decisions" }).click();
  await expect(page.getByText(/would have been another|No decision is on record yet/)).toBeVisible();
  await page.getByRole("button", { name: "Propose…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name: "Propose", exact: true }).click();
  const own = page.getByRole("listitem").filter({ hasText: reason });
  await expect(own.getByText("somebody else has to publish it")).toBeVisible();
  await expect(own.getByRole("button", { name: "Publish" })).toHaveCount(0);

  const other = await browserOf(browser, "release_manager");
  await other.goto("/releases/policy");
  const theirs = other.getByRole("listitem").filter({ hasText: reason });
  await expect(theirs.getByRole("button", { name: "Publish" })).toBeVisible();
  await theirs.getByRole("button", { name: "Refuse" }).click();
  await expect(theirs).toHaveCount(0);
});

test("a freeze is declared for every Friday, seen by others, and cancelled", async ({ page, browser }) => {
  const reason = `nobody is here ${Date.now()}`;
  await page.goto("/releases/freezes");
  await page.getByRole("button", { name: "Declare a freeze" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "By a rule of your own" }).click();
  await dialog.getByLabel("Name").fill("Fridays");
  await dialog.getByLabel("Rule").fill("every friday");
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name: "Declare", exact: true }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  await expect(dialog.getByLabel("Reason")).toHaveValue(reason);
  await dialog.getByRole("button", { name: "Every Friday from 15:00" }).click();
  await dialog.getByRole("button", { name: "Declare", exact: true }).click();
  const row = page.getByRole("listitem").filter({ hasText: reason }).last();
  await expect(row).toContainText("every Friday at 15:00");

  const viewer = await browserOf(browser, "viewer");
  await viewer.goto("/releases/freezes");
  await expect(viewer.getByText(reason).first()).toBeVisible();
  await expect(viewer.getByRole("button", { name: "Declare a freeze" })).toBeDisabled();

  await row.getByRole("button", { name: "Cancel it" }).click();
  await row.getByRole("button", { name: "Yes, cancel it" }).click();
  await page.getByText(/cancelled freezes?$/).click();
  const folded = page.getByRole("list", { name: "Cancelled freezes" }).getByRole("listitem");
  await expect(folded.filter({ hasText: reason })).toContainText("cancelled");
});
