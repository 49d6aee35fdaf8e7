import { expect, test, type Page } from "@playwright/test";

const MANY = 1_000;

/** Has the page's next answers tell of a thousand services, each like one of those there are. */
async function withManyServices(page: Page): Promise<void> {
  await page.route("**/api/v1/panels", async (route) => {
    const text = await (await route.fetch()).text();
    const lines = text
      .trim()
      .split("\n")
      .map((line) => {
        const told = JSON.parse(line) as { id: string; ok: boolean; answer: { data: { name: string }[] } };
        if (told.id !== "cluster.services" || !told.ok) return line;
        const few = told.answer.data;
        told.answer.data = Array.from({ length: MANY }, (_, nth) => {
          const like = few[nth % few.length]!;
          return { ...like, name: `${like.name}-${nth}` };
        });
        return JSON.stringify(told);
      });
    await route.fulfill({ contentType: "application/x-ndjson", body: lines.join("\n") });
  });
}

test("a dense chart is drawn on a canvas: crosshair with its words, isolation, and a drag that zooms", async ({
  page,
}) => {
  await page.goto("/nodes/ai1?range=1h");
  const cpu = page.getByRole("img", { name: /^CPU/ });
  const plot = cpu.locator(".u-over");
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  if (!box) throw new Error("the plot has no place");
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + 80, y);
  await page.mouse.move(box.x + 90, y);
  await expect(cpu.getByText("user")).toBeVisible();
  const line = page.getByRole("button", { name: "system", exact: true }).first();
  await line.click();
  await expect(line).toHaveAttribute("aria-pressed", "true");
  await page.mouse.move(box.x + 90, y);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, y, { steps: 5 });
  await page.mouse.up();
  await expect(page).toHaveURL(/from=/);
});

test("a thousand services: those in sight are drawn, all are counted, keys and the filter reach them", async ({
  page,
}) => {
  await withManyServices(page);
  await page.goto("/services");
  await page.getByRole("button", { name: "Refresh now" }).click();
  const table = page.getByRole("table", { name: /^Services/ });
  await expect(table).toHaveAttribute("aria-rowcount", String(MANY + 1));
  expect(await table.getByRole("row").count()).toBeLessThan(80);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(table.getByRole("row").nth(2).getByRole("link").first()).toBeFocused();
  await page.getByRole("searchbox").fill("-998");
  await expect(table.getByRole("row")).toHaveCount(2);
  await expect(table).toContainText("-998");
});
