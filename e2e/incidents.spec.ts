import AxeBuilder from "@axe-core/playwright";
import { type APIRequestContext, type Browser, expect, type Page, type Route, test } from "@playwright/test";
import { PHONE } from "./pages.ts";
import { demoFile, signInAs } from "./sign-in.ts";

/** A second person of the demo, in a browser of their own. */
async function browserOf(browser: Browser, role: string): Promise<Page> {
  const context = await browser.newContext({
    storageState: { cookies: [], origins: [] },
    baseURL: demoFile().url,
  });
  await signInAs(context.request, role);
  return context.newPage();
}

/** Opens an incident that no alert belongs to, and answers its id. */
async function openIncident(request: APIRequestContext, title: string): Promise<string> {
  const response = await request.post("/api/v1/incidents", { data: { title, severity: "P4" } });
  expect(response.status()).toBe(200);
  const { incident } = (await response.json()) as { incident: { id: string } };
  return incident.id;
}

async function resolve(request: APIRequestContext, id: string): Promise<void> {
  await request.post(`/api/v1/incidents/${id}/transitions`, { data: { transition: "resolve" } });
}

test("an incident from opening to learning, seen live by somebody else", async ({ page, browser }) => {
  await page.goto("/incidents?severity=P4");
  await page.getByRole("button", { name: "Open an incident" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Open", exact: true }).click();
  await expect(dialog.getByText("is needed")).toBeVisible();
  await dialog.getByLabel("What is wrong").fill("thumbnails come out black");
  await dialog.getByLabel("Severity").selectOption("P4");
  await dialog.getByRole("button", { name: "Open", exact: true }).click();
  await expect(page).toHaveURL(/\/incidents\/INC-/);

  const other = await browserOf(browser, "viewer");
  await other.goto(page.url());
  await expect(other.getByText("live", { exact: true })).toBeVisible();
  await expect(other.getByRole("button", { name: "Acknowledge" })).toHaveAttribute("aria-disabled", "true");

  await page.getByRole("button", { name: "Acknowledge" }).click();
  await page.getByRole("button", { name: /^commander/ }).click();
  await page.getByRole("menuitemcheckbox", { name: "me", exact: true }).click();
  await page.getByLabel("What do you see, what did you do?").fill("The **pool** is empty <img src=x>");
  await page.getByRole("button", { name: "Write", exact: true }).click();

  const log = other.getByRole("log", { name: "Timeline" });
  await expect(log.getByText("acknowledged", { exact: true })).toBeVisible();
  await expect(log.getByText(/^made .* commander$/)).toBeVisible();
  await expect(log.locator("strong", { hasText: "pool" })).toBeVisible();
  await expect(log.locator("img")).toHaveCount(0);

  await page.getByRole("button", { name: "Begin mitigation" }).click();
  await page.getByRole("button", { name: "Mark mitigated" }).click();
  await page.getByRole("button", { name: "Resolve", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Resolve", exact: true }).click();
  await expect(log.getByText("resolved it", { exact: true })).toBeVisible();
  await expect(other.getByRole("listitem").filter({ hasText: /^LEARN/ })).toHaveAttribute(
    "aria-current",
    "step",
  );
  await other.context().close();
});

test("what is missed while away is there after coming back, once", async ({ page }) => {
  const id = await openIncident(page.request, "comes and goes");
  const away = (route: Route) => route.abort();
  await page.context().route("**/api/v1/stream", away);
  await page.goto(`/incidents/${id}`);
  await expect(page.getByText("not live")).toBeVisible({ timeout: 20_000 });
  await page.request.post(`/api/v1/incidents/${id}/events`, {
    data: { body: { kind: "note", markdown: "written meanwhile" } },
  });
  await page.context().unroute("**/api/v1/stream", away);
  await expect(page.getByText("written meanwhile")).toHaveCount(1, { timeout: 20_000 });
  await expect(page.getByText("live", { exact: true })).toBeVisible({ timeout: 20_000 });
  await resolve(page.request, id);
});

test("an edit that comes second loses nothing", async ({ page }) => {
  const id = await openIncident(page.request, "two who write");
  const written = await page.request.post(`/api/v1/incidents/${id}/events`, {
    data: { body: { kind: "note", markdown: "as it was" } },
  });
  const { seq } = (await written.json()) as { seq: string };
  await page.goto(`/incidents/${id}`);
  const entry = page.getByRole("listitem").filter({ hasText: "as it was" });
  await entry.hover();
  await entry.getByRole("button", { name: "What to do with this entry" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await page.getByLabel("Text", { exact: true }).fill("as I have it");
  await page.request.patch(`/api/v1/incidents/${id}/events/${seq}`, {
    data: { revision: 1, body: { kind: "note", markdown: "as they have it" } },
  });
  await page.getByRole("button", { name: "Save" }).click();
  const diff = page.getByRole("list", { name: "From their text to yours" });
  await expect(diff).toContainText("removed: as they have it");
  await expect(diff).toContainText("added: as I have it");
  await page.getByRole("button", { name: "Put mine on top" }).click();
  await expect(page.getByText("as I have it")).toBeVisible();
  await resolve(page.request, id);
});

test("on a phone the next step is under the thumb, and nothing sticks out", async ({ page }) => {
  const id = await openIncident(page.request, "woken at three");
  await page.setViewportSize(PHONE);
  for (const path of ["/incidents", `/incidents/${id}`]) {
    await page.goto(path);
    await expect(page.getByText("woken at three").first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  }
  const next = page.getByRole("button", { name: "Acknowledge" });
  const box = await next.boundingBox();
  expect(box!.height).toBeGreaterThanOrEqual(44);
  expect(box!.y).toBeGreaterThan(PHONE.height / 2);
  await next.click();
  await expect(page.getByRole("button", { name: "Begin mitigation" })).toBeVisible();
  await resolve(page.request, id);
});

test("an open P1 stands on every page until it is over", async ({ page }) => {
  const response = await page.request.post("/api/v1/incidents", {
    data: { title: "all of it is down", severity: "P1" },
  });
  const { incident } = (await response.json()) as { incident: { id: string } };
  await page.goto("/nodes");
  const banner = page.getByRole("complementary", { name: "Open P1" });
  await expect(banner).toBeVisible();
  await resolve(page.request, incident.id);
  await expect(banner.getByText("all of it is down")).toHaveCount(0);
});
