import { expect, type Page, test } from "@playwright/test";
import { signInAs } from "./sign-in.ts";
import { watchConsole } from "./watch-console.ts";

const PATH = "/api/v1/boards";
interface Saved {
  board: { id: string; version: number };
}

const panelOf = (page: Page, number: number) => page.getByRole("group", { name: `Panel ${number}` });
const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click();

/** Removes what an earlier try of this journey left behind. */
async function forget(page: Page, name: string): Promise<void> {
  const found = await page.request.get(`${PATH}?q=${encodeURIComponent(name)}`);
  const { boards } = (await found.json()) as { boards: { id: string; name: string }[] };
  for (const board of boards.filter((one) => one.name === name))
    expect((await page.request.delete(`${PATH}/${board.id}`)).status()).toBe(200);
}

test("a panel becomes a board, whose address shows it to others for the service they choose", async ({
  page,
}) => {
  const name = "Journey of a panel";
  await forget(page, name);
  await page.goto(`/boards/new?title=Up&query=${encodeURIComponent('up{service="$service"}')}`);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await expect(panelOf(page, 1).getByLabel("Query")).toHaveValue('up{service="$service"}');

  await press(page, "Add a panel");
  const second = panelOf(page, 2);
  await second.getByLabel("Title").fill("Lines");
  await second.getByLabel("Kind").selectOption("log-volume");
  await second.getByLabel("Query").fill("{service=$service}");
  await press(page, "Save the board");
  await expect(second.getByText(/1:10: \$service may only stand/)).toBeVisible();
  // What the server refuses the browser itself says; from here on nothing is wrong.
  const { expectSilence } = watchConsole(page);
  await second.getByLabel("Query").fill('{service="$service"}');
  await press(page, "Save the board");

  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByText("Not asked yet: it needs a service")).toHaveCount(2);
  await page.getByRole("main").getByLabel("Service").selectOption("checkout");
  await expect(page).toHaveURL(/service=checkout/);
  await expect(page.getByRole("img", { name: /^Up\. / })).toBeVisible();
  await expect(page.getByRole("img", { name: /^Lines\. / })).toBeVisible();
  await page.reload();
  await page.getByRole("region", { name: "Up" }).getByRole("button", { name: "Panel actions" }).click();
  await page.getByRole("menuitem", { name: "View query" }).click();
  await expect(page.getByRole("dialog").getByText('up{service="checkout"}')).toBeVisible();
  await press(page, "Close");

  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: /GRAFANA/ }).click();
  expect((await file).suggestedFilename()).toMatch(/^burnline-board-.*\.json$/);
  await page.goto(`/boards?q=${encodeURIComponent(name)}`);
  await page.getByRole("link", { name }).click();
  await press(page, "Edit");
  await press(page, "Delete the board");
  await press(page, "Delete it");
  await expect(page.getByRole("heading", { level: 1, name: "Boards" })).toBeVisible();
  expectSilence();
});

test("of two writers of a board neither loses a word, and nobody leaves theirs unsaved by accident", async ({
  page,
}) => {
  const name = "Journey of two writers";
  await forget(page, name);
  const panels = ["First", "Second"].map((title) => ({ kind: "series", title, query: "up" }));
  const made = await page.request.post(PATH, { data: { name, panels } });
  const { board } = (await made.json()) as Saved;

  await page.goto("/boards/new?title=Brought&query=up");
  await page.getByLabel("Add the panel to a board").selectOption({ label: name });
  await expect(panelOf(page, 3).getByLabel("Title")).toHaveValue("Brought");
  await press(page, "Remove panel 3");
  await press(page, "Move down panel 1");
  await press(page, "Duplicate panel 2");
  await press(page, "Remove panel 1");
  await expect(panelOf(page, 1).getByLabel("Title")).toHaveValue("First");
  await panelOf(page, 2).getByLabel("Title").fill("Copy");
  await panelOf(page, 1).getByRole("button", { name: "Preview" }).click();
  await expect(page.getByRole("img", { name: /^First\. / })).toBeVisible();

  page.once("dialog", (dialog) => void dialog.dismiss());
  await page.getByRole("link", { name: "Boards" }).first().click();
  await expect(panelOf(page, 2).getByLabel("Title")).toHaveValue("Copy");

  const theirs = { version: board.version, description: "Their words" };
  expect((await page.request.patch(`${PATH}/${board.id}`, { data: theirs })).status()).toBe(200);
  await press(page, /^Save version/);
  await expect(page.getByText("while you wrote")).toBeVisible();
  await expect(page.getByRole("list", { name: "From their board to yours" })).toContainText("Their words");
  await press(page, /^Put mine on version/);
  await expect(page.getByRole("region", { name: "Copy" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Second" })).toHaveCount(0);
  await expect(page.getByText("Version 3, changed by")).toBeVisible();
  await forget(page, name);
});

test("whoever may not write boards reads them, and is told who may", async ({ page }) => {
  await signInAs(page.request, "viewer");
  await page.goto("/boards");
  await expect(page.getByRole("link", { name: "New board" })).toHaveCount(0);
  await page.getByRole("link", { name: "Checkout at a glance" }).click();
  await expect(page.getByRole("img", { name: /^Requests by route\. / })).toBeVisible();
  const edit = page.getByRole("button", { name: "Edit" });
  await expect(edit).toHaveAttribute("aria-disabled", "true");
  await expect(edit).toHaveAttribute("title", /product_owner/);
});
