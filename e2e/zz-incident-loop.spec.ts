import { expect, test } from "@playwright/test";
import { breakDemo, catcherUrl } from "./break-demo.ts";

interface Caught {
  idempotencyKey: string | null;
  body: string;
}

async function caughtOf(id: string): Promise<Caught[]> {
  const messages = (await (await fetch(`${catcherUrl()}/messages`)).json()) as Caught[];
  return messages.filter(({ body }) => body.includes(id));
}

test.afterAll(() => breakDemo("heal"));

test("a fault leads by itself to alert, incident, notification and timeline; people lead it to its lesson", async ({
  page,
}) => {
  test.setTimeout(300_000);
  await breakDemo("errors", "search");
  await page.goto("/incidents?service=search&open=true");
  const incident = page
    .getByRole("main")
    .getByRole("link", { name: /search/i })
    .first();
  await expect(incident).toBeVisible({ timeout: 200_000 });
  await incident.click();
  await expect(page).toHaveURL(/\/incidents\/INC-/);
  const id = /INC-[\d-]+/.exec(page.url())?.[0] ?? "";

  await expect.poll(async () => (await caughtOf(id)).length, { timeout: 60_000 }).toBeGreaterThan(0);
  const keys = (await caughtOf(id)).map(({ idempotencyKey }) => idempotencyKey);
  expect(new Set(keys).size).toBe(keys.length);

  await breakDemo("heal");
  for (const name of ["Acknowledge", "Begin mitigation", "Mark mitigated", "Resolve"]) {
    await page.getByRole("button", { name, exact: true }).click();
  }
  await page.getByRole("dialog").getByRole("button", { name: "Resolve", exact: true }).click();
  await expect(page.getByRole("main").getByText(/LEARN/).first()).toBeVisible();
  await page.goto(`/incidents/${id}/postmortem`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/post-?mortem/i);
  await expect(page.getByRole("main").getByText(id).first()).toBeVisible();
});
