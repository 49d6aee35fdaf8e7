import { expect, test, type Page } from "@playwright/test";

const problem = (code: string, title: string, detail: string) => ({
  type: `urn:burnline:error:${code}`,
  title,
  status: 500,
  code,
  detail,
  requestId: "r-1",
});

type Line = {
  id: string;
  ok: boolean;
  answerId?: string | undefined;
  answer: { data: unknown; partial: boolean; stale: boolean; warnings: string[] };
};

/** Lets the real answer through, with one line changed: states that a healthy demo does not reach by itself. */
async function changeLine(page: Page, id: string, change: (line: Line) => unknown): Promise<void> {
  await page.route("**/api/v1/panels", async (route) => {
    // Asked for whole, also where the page holds a chart of which only the news would be told.
    const asked = route.request().postDataJSON() as { panels: { have?: string }[] };
    const panels = asked.panels.map((panel) => ({ ...panel, have: undefined }));
    const response = await route.fetch({ postData: { ...asked, panels } });
    const lines = (await response.text())
      .trim()
      .split("\n")
      .map((text) => JSON.parse(text) as Line)
      // A chart goes by its name: one that was changed has another, or none.
      .map((line) => JSON.stringify(line.id === id ? change({ ...line, answerId: undefined }) : line));
    await route.fulfill({ response, body: `${lines.join("\n")}\n` });
  });
}

async function openAndRefresh(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.waitForLoadState("networkidle");
  const answered = page.waitForResponse((response) => response.url().endsWith("/api/v1/panels"));
  await page.getByRole("button", { name: "Refresh now" }).click();
  await answered;
}

/** Takes one panel's line out of the page's first HTML, so that the browser has to ask for it. */
async function leaveOut(page: Page, id: string): Promise<void> {
  await page.route("/", async (route) => {
    const response = await route.fetch();
    const html = await response.text();
    const line = `\\"${id}\\":{\\"id\\"`;
    expect(html).toContain(line);
    await route.fulfill({ response, body: html.replace(line, line.replace(id, "left.out")) });
  });
}

test("loading keeps the shape of what comes", async ({ page }) => {
  await page.goto("/services");
  await page.waitForLoadState("networkidle");
  await page.route("**/api/v1/panels", () => undefined);
  await page.getByRole("navigation").getByRole("link", { name: "Nodes" }).click();
  await expect(page).toHaveURL(/\/nodes$/);
});

test("partial says what is missing", async ({ page }) => {
  await changeLine(page, "cluster.services", (line) => ({
    ...line,
    answer: { ...line.answer, partial: true, warnings: ["latency missing: no answer"] },
  }));
  await openAndRefresh(page, "/");
  const notice = page.locator('[data-state="partial"]').first();
  await notice.getByRole("button").click();
  await expect(page.getByText("latency missing: no answer")).toBeVisible();
});

test("forbidden names the role", async ({ page }) => {
  const words = "measurements:read needs one of the roles viewer, sre";
  await changeLine(page, "cluster.pods", ({ id }) => ({
    id,
    ok: false,
    problem: problem("forbidden", "Not allowed", words),
  }));
  await leaveOut(page, "cluster.pods");
  await page.goto("/");
  await expect(page.locator('[data-state="forbidden"]')).toContainText(words);
});

test("an error has the upstream's own words and a way to try again", async ({ page }) => {
  const words = "query processing would load too many samples into memory";
  await changeLine(page, "cluster.pods", ({ id }) => ({
    id,
    ok: false,
    problem: problem("query_too_expensive", "The query asks for too much", words),
  }));
  await leaveOut(page, "cluster.pods");
  await page.goto("/");
  const error = page.locator('[data-state="error"]').first();
  await expect(error).toContainText(words);
  await page.unroute("**/api/v1/panels");
  await error.getByRole("button", { name: "Try again" }).click();
  await expect(page.locator('[data-state="error"]')).toHaveCount(0);
});

test("no data names the query and the source", async ({ page }) => {
  await changeLine(page, "node.load", (line) => ({
    ...line,
    answer: { ...line.answer, data: { ...(line.answer.data as object), series: [] } },
  }));
  await openAndRefresh(page, "/nodes/nas1");
  const state = page.locator('[data-state="no-data"]').first();
  await expect(state).toContainText("answered without a sample");
  await expect(state).toContainText("node_load1");
});

test("an empty list says why and what next", async ({ page }) => {
  await page.goto("/services?q=zzzz");
  await expect(page.locator('[data-state="empty"]')).toBeVisible();
});

test("a failing network keeps what was there, stale with its age", async ({ page }) => {
  await page.goto("/");
  await page.waitForLoadState("networkidle");
  await page.route("**/api/v1/panels", (route) => route.abort());
  await page.getByRole("button", { name: "Refresh now" }).click();
  await expect(page.locator('[data-state="stale"]').first()).toContainText("as of");
  await expect(page.getByRole("main").getByText("checkout").first()).toBeVisible();
  await page.unroute("**/api/v1/panels");
  await page.getByRole("button", { name: "Refresh now" }).click();
  await expect(page.locator('[data-state="stale"]')).toHaveCount(0);
});
