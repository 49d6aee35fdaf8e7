import { expect, test, type APIRequestContext, type Page } from "@playwright/test";
import { WIDE } from "./pages.ts";
import { demoFile, signInAs } from "./sign-in.ts";
import { watchConsole } from "./watch-console.ts";

test.use({ viewport: WIDE });

interface Entry {
  id: string;
  key: string;
}

/** The demo's SLO with a key, and nothing that earlier runs left waiting in its ledger. */
async function sloWith(request: APIRequestContext, key: string): Promise<string> {
  const headers = { authorization: `Bearer ${demoFile().token}` };
  const list = (await (await request.get("/api/v1/slos", { headers })).json()) as {
    data: { slos: Entry[] };
  };
  const found = list.data.slos.find((one) => one.key === key);
  if (!found) throw new Error(`the demo has no SLO ${key}`);
  return found.id;
}

async function addEntry(page: Page, fill: () => Promise<void>): Promise<void> {
  await page.getByRole("button", { name: "Add to the ledger" }).click();
  await fill();
  await page.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

test("a product owner sees what may ship, how long it lasts, and what a team's week is for", async ({
  page,
}) => {
  const said = watchConsole(page);
  await page.goto("/budgets");
  const checkout = page.getByRole("article", { name: "checkout", exact: true });
  await expect(checkout).toContainText(/Ship|Hold|Stop|Have it reviewed|Ask first/);
  await expect(checkout).toContainText("of its SLOs");
  await expect(checkout).toContainText(/Balance: at most \d+ % of the week/);
  await page.getByLabel("People in a team").fill("10");
  await expect(page).toHaveURL(/team=10/);
  await checkout.getByRole("link", { name: "checkout" }).click();
  const budgets = page.getByRole("table", { name: "Error budgets" });
  await expect(budgets).toContainText("availability", { timeout: 30_000 });
  said.expectSilence();
});

test("a journey is as good as its steps on the critical path", async ({ page }) => {
  const said = watchConsole(page);
  await page.goto("/journeys");
  const purchase = page.getByRole("article", { name: "purchase" });
  await expect(purchase).toContainText("high business impact");
  const steps = purchase.getByRole("listitem");
  await expect(steps).toHaveText([
    /1Suggest.*does not count/s,
    /2Browse/,
    /3Cart/,
    /4Checkout.*critical path/s,
  ]);
  await steps.nth(3).getByRole("link", { name: "payment" }).click();
  await expect(page).toHaveURL(/\/slos\//);
  said.expectSilence();
});

test("lists and pages of services and nodes show their budgets", async ({ page }) => {
  await page.goto("/services");
  await expect(
    page.getByRole("row", { name: /checkout/ }).getByRole("img", { name: /of the budget spent/ }),
  ).toBeVisible({
    timeout: 90_000,
  });
  await page.goto("/nodes/ai1");
  const own = page.getByRole("table", { name: "Error budgets" });
  for (const name of ["reachable", "saturation", "disk-headroom"]) await expect(own).toContainText(name);
  await expect(page.getByRole("table", { name: "Budgets of services, split by node" })).toContainText(
    "checkout",
  );
});

test("a correction waits for a second person, who may not be its author", async ({ page, browser }) => {
  const id = await sloWith(page.request, "checkout/availability");
  const reason = `a load test, ${Date.now()}`;
  await page.goto(`/slos/${id}`);
  await addEntry(page, async () => {
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("What").selectOption("Correction");
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await expect(dialog.getByLabel("Reason")).toHaveAttribute("aria-invalid", "true");
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString().slice(0, 16);
    await dialog.getByLabel("From").fill(hoursAgo(3));
    await dialog.getByLabel("To", { exact: true }).fill(hoursAgo(2));
    await dialog.getByLabel("Bad events to add").fill("1");
    await dialog.getByLabel("Reason").fill(reason);
    await expect(dialog.getByText("It waits until a second person")).toBeVisible();
  });
  // It stands among what happened meanwhile too, once it is in force.
  const entry = { hasText: /Correction.*(waits|in force|withdrawn)/s };
  const mine = page.getByRole("listitem").filter({ hasText: reason }).filter(entry);
  await expect(mine).toContainText("waits for a second person");
  await expect(mine.getByRole("button", { name: "Agree" })).toHaveAttribute("title", /you wrote it/);

  const other = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  await signInAs(other.request, "product_owner");
  const theirs = await other.newPage();
  await theirs.goto(`/slos/${id}`);
  const seen = theirs.getByRole("listitem").filter({ hasText: reason }).filter(entry);
  await seen.getByRole("button", { name: "Agree" }).click();
  await expect(seen).toContainText("in force");
  await page.reload();
  await expect(mine.getByRole("button", { name: "Withdraw" })).toHaveAttribute("title", /another person/);
  await seen.getByRole("button", { name: "Withdraw" }).click();
  await expect(seen).toContainText("withdrawn");
  await other.close();
});
