import { expect, test } from "@playwright/test";
import { breakDemo } from "./break-demo.ts";

test.beforeAll(() => breakDemo("heal"));
test.afterAll(() => breakDemo("heal"));

test("a fault takes an approval back, and says so on the record", async ({ page }) => {
  test.setTimeout(360_000);
  const wanted = { service: "auth", version: `5.${Date.now()}`, commit: "abcdef3", declaredRisk: "low" };
  const asked = async () => {
    const answer = await page.request.post("/api/v1/gates/evaluate", { data: wanted });
    return (await answer.json()) as { decision: string; releaseId: string; rationale: string[] };
  };
  // No journey before this one breaks auth; its signals may still have to come back from one that stopped the source.
  await expect
    .poll(async () => (await asked()).decision, { timeout: 120_000, intervals: [5_000] })
    .toBe("approve");
  const { releaseId } = await asked();
  await page.goto(`/releases/${releaseId}`);
  await expect(page.getByText("Approve", { exact: true }).first()).toBeVisible();

  await breakDemo("errors", "auth");

  const kinds = async () => {
    const answer = await page.request.get(`/api/v1/decisions?release=${releaseId}`);
    const { data } = (await answer.json()) as { data: { decisions: { kind: string }[] } };
    return data.decisions.map(({ kind }) => kind);
  };
  await expect.poll(kinds, { timeout: 200_000, intervals: [3_000] }).toContain("revocation");
  await page.reload();
  await expect(page.getByText(/^(Block|Defer)$/).first()).toBeVisible();
  expect((await asked()).decision).toMatch(/^(block|defer)$/);
  const verified = await page.request.get("/api/v1/decisions/verify");
  expect(await verified.json()).toMatchObject({ ok: true });
});
