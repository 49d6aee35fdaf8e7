import { type APIRequestContext, expect, test } from "@playwright/test";

const NAME = "PodNotReady";
const MARK = "Ask in #shop first.";

interface Saved {
  runbook: { version: number; title: string; markdown: string; alerts: string[]; actions: unknown[] };
}

async function saveBehind(request: APIRequestContext, text: string): Promise<void> {
  const answer = await request.get(`/api/v1/runbooks/${NAME}`);
  const { version, title, alerts, actions } = ((await answer.json()) as Saved).runbook;
  const data = { version, title, alerts, actions, markdown: text };
  expect((await request.put(`/api/v1/runbooks/${NAME}`, { data })).status()).toBe(200);
}

test("from a rule to its runbook, edited, in a new version; of two writers neither loses a word", async ({
  page,
}) => {
  await page.goto("/alerts/rules?q=PodNotReady");
  await page
    .getByRole("link", { name: `Runbook of ${NAME}` })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1, name: NAME })).toBeVisible();

  await page.getByRole("button", { name: "Edit" }).click();
  const text = page.getByLabel("Text", { exact: true });
  await text.fill("");
  await page.getByRole("button", { name: /^Save version/ }).click();
  await expect(page.getByText("is needed")).toBeVisible();
  await text.fill(`## First look\n\n${MARK}\n\n\`\`\`promql\nup{node="$node"}\n\`\`\`\n<img src=x>`);
  await expect(page.getByRole("region", { name: "Preview" }).getByText(MARK)).toBeVisible();
  await page.getByRole("button", { name: /^Save version/ }).click();

  const article = page.getByRole("article");
  await expect(article.getByRole("heading", { name: "First look" })).toBeVisible();
  await expect(article.getByText("Not asked yet: it needs a node")).toBeVisible();
  await expect(article.locator("img")).toHaveCount(0);
  await article.getByLabel("Node").selectOption("ai1");
  await expect(article.getByText('up{node="ai1"}')).toBeVisible();
  await page
    .getByRole("button", { name: /^Changes of version/ })
    .first()
    .click();
  await expect(page.getByRole("list", { name: /^What version/ }).getByText(MARK)).toBeVisible();

  await page.getByRole("button", { name: "Edit" }).click();
  await text.fill("My own words.");
  await saveBehind(page.request, "Their words.");
  await page.getByRole("button", { name: /^Save version/ }).click();
  await expect(page.getByText("while you wrote")).toBeVisible();
  await expect(page.getByRole("list", { name: "From their text to yours" })).toContainText("Their words.");
  await expect(text).toHaveValue("My own words.");
  await page.getByRole("button", { name: /^Put mine on version/ }).click();
  await expect(article.getByText("My own words.")).toBeVisible();
});
