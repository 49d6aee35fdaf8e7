import { expect, type Page, test } from "@playwright/test";
import { signInAs } from "./sign-in.ts";
import { watchConsole } from "./watch-console.ts";
import { PHONE, WIDE } from "./pages.ts";

/** A preview asks for 30 days. */
const MEASURED_MS = 30_000;
// While it is measured, everything shares the machine with it.
test.use({ actionTimeout: MEASURED_MS });

interface ListedSlo {
  id: string;
  key: string;
  version: number;
  hasDraft: boolean;
}

async function findSlo(page: Page, key: string): Promise<ListedSlo | undefined> {
  const answer = await page.request.get("/api/v1/slos");
  const { data } = (await answer.json()) as { data: { slos: ListedSlo[] } };
  return data.slos.find((slo) => slo.key === key);
}

async function removeSlo(page: Page, key: string): Promise<void> {
  const slo = await findSlo(page, key);
  if (!slo) return;
  const answer = await page.request.delete(`/api/v1/slos/${slo.id}`, {
    data: { reason: "a journey makes it anew" },
  });
  expect(answer.status()).toBe(200);
}

const preview = (page: Page) => page.getByRole("region", { name: "Preview" });

test("an SLO is proposed, previewed, published, and has a page", async ({ page }) => {
  test.setTimeout(120_000);
  const { expectSilence } = watchConsole(page);
  await removeSlo(page, "reporting/latency");
  await page.goto("/slos/propose?service=reporting");
  const subject = page.getByRole("region", { name: "reporting" });
  await expect(subject).toContainText("99", { timeout: MEASURED_MS });
  await expect(subject.getByText("exists already")).not.toHaveCount(0);
  await subject
    .getByRole("listitem")
    .filter({ hasText: "latency" })
    .getByRole("link", { name: "Open in editor" })
    .click();
  await expect(page.getByLabel("Name")).toHaveValue("latency", { timeout: MEASURED_MS });
  await expect(preview(page)).toContainText("of the budget would be left", { timeout: MEASURED_MS });
  await expect(preview(page)).toContainText("Alerts that would have fired");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page).toHaveURL(/\/slos\/[0-9a-f-]{36}$/, { timeout: MEASURED_MS });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("reporting/latency");
  expect(await findSlo(page, "reporting/latency")).toMatchObject({ version: 1, hasDraft: false });
  expectSilence();
});

test("what is wrong is told at its field, and what was typed stays", async ({ page }) => {
  await page.goto("/slos/new?service=checkout");
  const target = page.getByLabel("Target, %").first();
  await target.fill("100");
  await expect(preview(page)).toContainText("leaves no budget");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(target).toHaveAttribute("aria-invalid", "true");
  await expect(target).toHaveValue("100");
  await expect(page).toHaveURL(/\/slos\/new/);
  await target.fill("99,5");
  await expect(target).toHaveAttribute("aria-invalid", "false");
  // The key is taken: only the server knows.
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByLabel("Name")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("alert").first()).toContainText("already");
  await expect(target).toHaveValue("99,5");
});

test("a tier's factor follows from its spend, and says when it can never fire", async ({ page }) => {
  await page.goto("/slos/new?service=checkout");
  const alerts = page.getByRole("region", { name: "Alerts", exact: true });
  await expect(alerts).toContainText("Above 14.4x over 1h and 5m.");
  await page.getByLabel("Days").fill("7");
  await expect(alerts).toContainText("Above 3.36x over 1h and 5m.");
  await page.getByLabel("Target, %").fill("60");
  await expect(alerts).toContainText("can never be reached");
});

test("an SRE drafts, a product owner publishes, and a lower target needs a reason", async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const name = `drafted-${Date.now()}`;
  const sre = await browser.newContext({
    baseURL: baseURL ?? "",
    storageState: { cookies: [], origins: [] },
  });
  await signInAs(sre.request, "sre");
  const draft = await sre.newPage();
  await draft.goto("/slos/new?service=checkout");
  await draft.getByLabel("Name").fill(name);
  await expect(draft.getByRole("button", { name: "Publish" })).toHaveCount(0);
  await draft.getByRole("button", { name: "Save draft" }).click();
  await expect(draft).toHaveURL(/\/slos\/[0-9a-f-]{36}$/, { timeout: MEASURED_MS });
  await sre.close();
  const slo = await findSlo(page, `checkout/${name}`);
  expect(slo).toMatchObject({ version: 0, hasDraft: true });
  await page.goto(`/slos/${slo?.id}/edit`);
  await expect(page.getByRole("alert").first()).toContainText("not in force yet");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page).toHaveURL(/\/slos\/[0-9a-f-]{36}$/, { timeout: MEASURED_MS });
  expect(await findSlo(page, `checkout/${name}`)).toMatchObject({ version: 1, hasDraft: false });
  await page.goto(`/slos/${slo?.id}/edit`);
  await page.getByLabel("Target, %").first().fill("95");
  await page.getByRole("button", { name: "Publish" }).click();
  const reason = page.getByLabel(/Why the target is lowered/);
  await expect(reason).toHaveAttribute("aria-invalid", "true");
  await reason.fill("the supplier cannot do better");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page).toHaveURL(/\/slos\/[0-9a-f-]{36}$/, { timeout: MEASURED_MS });
  expect(await findSlo(page, `checkout/${name}`)).toMatchObject({ version: 2 });
  await removeSlo(page, `checkout/${name}`);
});

test("a stale form is shown what changed, and can be saved again", async ({ page }) => {
  test.setTimeout(90_000);
  const name = `stale-${Date.now()}`;
  await page.goto("/slos/new?service=checkout");
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page).toHaveURL(/\/slos\/[0-9a-f-]{36}$/, { timeout: MEASURED_MS });
  const id = page.url().split("/").at(-1)!;
  await page.goto(`/slos/${id}/edit`);
  await page.getByLabel("Owner").fill("mine");
  const { data } = (await (await page.request.get(`/api/v1/slos/${id}`)).json()) as {
    data: { slo: { definition: { description: string } } };
  };
  const definition = { ...data.slo.definition, description: "Changed meanwhile." };
  const meanwhile = await page.request.patch(`/api/v1/slos/${id}`, { data: { version: 1, definition } });
  expect(meanwhile.status()).toBe(200);
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByRole("alert").first()).toContainText("Changed meanwhile.");
  await expect(page.getByLabel("Owner")).toHaveValue("mine");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page).toHaveURL(new RegExp(`/slos/${id}$`), { timeout: MEASURED_MS });
  expect(await findSlo(page, `checkout/${name}`)).toMatchObject({ version: 3 });
  await removeSlo(page, `checkout/${name}`);
});

test("a viewer is told who may draft", async ({ browser, baseURL }) => {
  const viewer = await browser.newContext({
    baseURL: baseURL ?? "",
    storageState: { cookies: [], origins: [] },
  });
  await signInAs(viewer.request, "viewer");
  const page = await viewer.newPage();
  for (const path of ["/slos/new", "/slos/propose"]) {
    await page.goto(path);
    await expect(page.locator("[data-state=forbidden]")).toContainText(/sre/i);
  }
  await viewer.close();
});

test("the editor has no sideways scroll on a desk or a phone", async ({ page }) => {
  for (const size of [WIDE, PHONE]) {
    await page.setViewportSize(size);
    for (const path of ["/slos/new?service=checkout", "/slos/propose?service=checkout"]) {
      await page.goto(path);
      await page.waitForLoadState("networkidle");
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect([path, size.width, wider <= 0]).toEqual([path, size.width, true]);
    }
  }
});
