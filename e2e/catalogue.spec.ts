import { expect, test } from "@playwright/test";

interface Entry {
  version: number;
  team: string | null;
}

test("a service can be edited, and a stale edit is shown the newer one", async ({ page, request }) => {
  const [team, owner] = [`team-${Date.now()}`, `owner-${Date.now()}`];
  const read = async () =>
    ((await (await request.get("/api/v1/services/search")).json()) as { data: { catalogue: Entry } }).data
      .catalogue;
  await page.goto("/services/search");
  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: /edit/i }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Team").fill(team);
  const before = await read();
  const meanwhile = await request.patch("/api/v1/services/search", {
    data: { version: before.version, owner },
  });
  expect(meanwhile.status()).toBe(200);
  await dialog.getByRole("button", { name: /save/i }).click();
  await expect(dialog).toContainText(owner);
  await expect(dialog.getByLabel("Team")).toHaveValue(team);
  await dialog.getByRole("button", { name: /save/i }).click();
  await expect(dialog).toHaveCount(0);
  expect(await read()).toMatchObject({ team, owner, version: before.version + 2 });
  await expect(page.getByRole("main")).toContainText(team);
});

test("a bad value is refused beside its field and what was typed stays", async ({ page, request }) => {
  await page.goto("/services/search");
  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: /edit/i }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Repository").fill("javascript:alert(1)");
  await dialog.getByRole("button", { name: /save/i }).click();
  await expect(dialog.getByLabel("Repository")).toHaveValue("javascript:alert(1)");
  await expect(dialog.getByLabel("Repository")).toHaveAttribute("aria-invalid", "true");
  const response = await request.patch("/api/v1/services/search", {
    data: { version: 1, repository: "javascript:alert(1)" },
  });
  expect(response.status()).toBe(422);
});
