import { expect, type Page, test } from "@playwright/test";
import { PHONE } from "./pages.ts";

const promql = (page: Page) => page.getByRole("textbox", { name: "Query in PromQL" });
const logql = (page: Page) => page.getByRole("textbox", { name: "Query in LogQL" });
const answer = (page: Page) => page.getByRole("region", { name: "Answer" });
const ALL_UP = "/explore?range=1h&q=sum+by+(node)+(up)";

test("from a panel into Explore, over its range", async ({ page }) => {
  await page.goto("/services/checkout?range=1h");
  await page.waitForLoadState("networkidle");
  const panel = page.getByRole("region", { name: /p99/ }).first();
  await panel.getByRole("button", { name: "Panel actions" }).click();
  await page.getByRole("menuitem", { name: "View query" }).click();
  await page.getByRole("dialog").getByRole("link", { name: "Open in Explore" }).first().click();
  await expect(page).toHaveURL(/\/explore\?range=1h&q=/);
  await expect(promql(page)).toContainText("http_request_duration_seconds_bucket");
  await expect(answer(page).getByRole("heading", { name: /series?, .* points?, 15 s apart/ })).toBeVisible();
  await expect(answer(page).getByRole("note", { name: "Cost" })).toContainText(
    /samples read, .* in the source/,
  );
});

test("from a panel of log lines into Explore, in their language", async ({ page }) => {
  await page.goto("/services/checkout?range=1h");
  await page.waitForLoadState("networkidle");
  const panel = page.getByRole("region", { name: /^Recent logs/ });
  await panel.getByRole("button", { name: "Panel actions" }).click();
  await page.getByRole("menuitem", { name: "Open in Explore" }).click();
  await expect(logql(page)).toHaveText('{service="checkout"}');
  await expect(answer(page).getByRole("list", { name: "Log lines" })).toBeVisible();
});

test("a query that is typed, completed, run, and told part by part", async ({ page }) => {
  await page.goto("/explore?range=1h");
  await expect(page.getByText("No query yet")).toBeVisible();
  await promql(page).click();
  await page.keyboard.type("avg by (node) (node_memory_MemTot");
  await expect(page.getByRole("option", { name: /node_memory_MemTotal_bytes/ })).toBeVisible();
  // What was offered this very instant is not taken yet, lest it be taken by mistake.
  await expect(async () => {
    await page.keyboard.press("Tab");
    await expect(promql(page)).toHaveText("avg by (node) (node_memory_MemTotal_bytes)", { timeout: 500 });
  }).toPass();
  await promql(page).press("Control+Enter");
  await expect(page).toHaveURL(/q=avg/);
  await expect(answer(page).getByRole("img", { name: /ai1 last .* nas1 last/ })).toBeVisible();

  await page.getByRole("button", { name: "Explain this query" }).click();
  const told = page.getByRole("list", { name: "What it does" });
  await expect(told).toContainText("Averages, for each node.");
  await expect(told).toContainText("The newest value of each series of node_memory_MemTotal_bytes.");

  // Escape, then Tab leaves the editor.
  await promql(page).click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Explain this query" })).toBeFocused();

  // What the source says against a query stands below it.
  await promql(page).fill("sum(rate(up))");
  await page.keyboard.press("Control+Enter");
  await expect(page.locator("[data-state=error]")).toContainText(
    "expected type range vector in call to function",
  );
  // Nor does what was on offer lie over it.
  await expect(page.getByRole("listbox")).toHaveCount(0);
});

test("graph, table, raw, and an instant: all in the address", async ({ page }) => {
  await page.goto(ALL_UP);
  await answer(page).getByRole("button", { name: "Table" }).click();
  await expect(page).toHaveURL(/look=table/);
  const table = answer(page).getByRole("table", { name: "Answer" });
  await expect(table.getByRole("row", { name: /\{node="ai1"\}/ })).toBeVisible();
  await page.getByRole("button", { name: "Instant" }).click();
  await expect(page).toHaveURL(/span=instant/);
  await expect(table.getByRole("columnheader", { name: "Value" })).toBeVisible();
  await answer(page).getByRole("button", { name: "Raw" }).click();
  await expect(answer(page).getByRole("group", { name: "Raw answer" })).toContainText(
    '"resultType": "vector"',
  );
  await page.reload();
  await expect(answer(page).getByRole("group", { name: "Raw answer" })).toContainText(
    '"resultType": "vector"',
  );
});

test("queries that were run are kept in the browser until they are forgotten", async ({ page }) => {
  await page.goto("/explore");
  for (const query of ["count(up)", "max(up)"]) {
    await promql(page).fill(query);
    await page.keyboard.press("Control+Enter");
    await expect(page).toHaveURL((url) => url.searchParams.get("q") === query);
  }
  const open = () => page.getByRole("button", { name: "Queries run before" }).click();
  await open();
  const list = page.getByRole("dialog").getByRole("list", { name: "Queries run before" });
  await expect(list.getByRole("listitem").first()).toContainText("max(up)");
  await list.getByRole("button", { name: "Forget max(up)" }).click();
  await list.getByRole("button", { name: /^count\(up\)/ }).click();
  await expect(promql(page)).toHaveText("count(up)");
  await page.reload();
  await open();
  await expect(list.getByRole("listitem")).toHaveCount(1);
});

test("log lines, and numbers of them", async ({ page }) => {
  await page.goto("/explore?range=1h&lang=logql");
  await logql(page).click();
  await page.keyboard.type("{service=", { delay: 30 });
  await page.getByRole("option", { name: '"checkout"' }).click();
  await expect(logql(page)).toHaveText('{service="checkout"}');
  await page.keyboard.press("Control+Enter");
  await expect(
    answer(page).getByRole("list", { name: "Log lines" }).getByRole("listitem").first(),
  ).toBeVisible();
  await expect(answer(page).getByRole("link", { name: "Open in Logs" })).toHaveAttribute(
    "href",
    /\/logs\?q=.*checkout/,
  );

  await logql(page).fill('sum by (level) (count_over_time({service="checkout"}[5m]))');
  await page.keyboard.press("Control+Enter");
  await expect(answer(page).getByRole("img", { name: /info last/ })).toBeVisible();
  await logql(page).fill("{service=");
  await page.keyboard.press("Control+Enter");
  await expect(page.locator("[data-state=error]")).toContainText(/parse error/);
});

test("exemplars mark the lines and name their traces", async ({ page }) => {
  const atSeconds = Math.floor(Date.now() / 1000) - 600;
  const exemplar = {
    labels: { trace_id: "4bf92f3577b34da6a3ce929d0e0e4736" },
    value: "2",
    timestamp: atSeconds,
  };
  // The demo's exporters send none.
  await page.route("**/api/v1/query_exemplars", (route) =>
    route.fulfill({
      json: { status: "success", data: [{ seriesLabels: { route: "/pay" }, exemplars: [exemplar] }] },
    }),
  );
  await page.goto(ALL_UP);
  await answer(page).getByRole("button", { name: "Exemplars" }).click();
  await expect(page).toHaveURL(/exemplars=true/);
  const row = answer(page).getByRole("table", { name: "Exemplars" }).getByRole("row", { name: /\/pay/ });
  await expect(row).toContainText("4bf92f35");
});

test("a query is put on the timeline of an incident", async ({ page }) => {
  const opened = await page.request.post("/api/v1/incidents", {
    data: { title: "a query worth keeping", severity: "P4" },
  });
  const { incident } = (await opened.json()) as { incident: { id: string } };
  await page.goto(ALL_UP);
  await answer(page).getByRole("button", { name: "Add to incident" }).click();
  const dialog = page.getByRole("dialog", { name: "Add to an incident" });
  await dialog.getByLabel("Incident").selectOption(incident.id);
  await dialog.getByLabel("What does it show?").fill("all nodes answer");
  await dialog.getByRole("button", { name: "Put on the timeline" }).click();
  await dialog.getByRole("link", { name: incident.id }).click();
  const entry = page.getByRole("log", { name: "Timeline" });
  await expect(entry).toContainText("all nodes answer");
  await expect(entry).toContainText("sum by (node) (up)");
  await entry.getByRole("link", { name: "Open in Explore" }).click();
  await expect(page).toHaveURL(/\/explore\?from=.*&to=.*/);
  await expect(promql(page)).toHaveText("sum by (node) (up)");
  await page.request.post(`/api/v1/incidents/${incident.id}/transitions`, {
    data: { transition: "resolve" },
  });
});

test("on a phone nothing is wider than it", async ({ page }) => {
  await page.setViewportSize(PHONE);
  await page.goto(ALL_UP);
  await expect(answer(page).getByRole("img", { name: /^Answer/ })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
});
