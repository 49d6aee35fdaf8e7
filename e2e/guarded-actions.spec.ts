import AxeBuilder from "@axe-core/playwright";
import { type APIRequestContext, expect, test } from "@playwright/test";
import { PHONE } from "./pages.ts";
import { demoFile } from "./sign-in.ts";

/** Of no other journey: its incident and its runs are this one's alone. */
const SERVICE = "auth";

/** What Alertmanager would deliver, had the service failed. */
async function deliver(request: APIRequestContext, status: "firing" | "resolved", startsAt: string) {
  const alert = {
    status,
    labels: { alertname: "HighErrorRate", service: SERVICE, severity: "warning" },
    annotations: { summary: `${SERVICE} fails 7 % of its requests` },
    startsAt,
    endsAt: status === "resolved" ? new Date().toISOString() : "0001-01-01T00:00:00Z",
    fingerprint: "a1a1a1a1a1a1a1a1",
  };
  const response = await request.post("/api/webhooks/alertmanager", {
    headers: { authorization: `Bearer ${demoFile().token}` },
    data: { version: "4", status, alerts: [alert] },
  });
  expect(response.status()).toBe(200);
}

async function openIncidentOf(request: APIRequestContext): Promise<string> {
  let id: string | undefined;
  await expect(async () => {
    const response = await request.get(`/api/v1/incidents?service=${SERVICE}&open=true`);
    const { data } = (await response.json()) as { data: { incidents: { id: string; service: string }[] } };
    id = data.incidents.find(({ service }) => service === SERVICE)?.id;
    expect(id).toBeDefined();
  }).toPass({ timeout: 20_000 });
  return id ?? "";
}

test("an incident's action: rehearsed, run by name, with its result on the timeline", async ({ page }) => {
  const startsAt = new Date().toISOString();
  await deliver(page.request, "firing", startsAt);
  const id = await openIncidentOf(page.request);
  await page.goto(`/incidents/${id}`);
  const actions = page.getByRole("region", { name: "Actions" });
  const restart = actions.getByRole("article", { name: "Restart the service" });
  await expect(restart.getByText("holds", { exact: true })).toBeVisible();
  await expect(restart.getByText(/^\d of 3 in 60 min/)).toBeVisible();

  await restart.getByRole("button", { name: "Dry run" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(/say what it would do, and do nothing/)).toBeVisible();
  await expect(dialog.getByText(/^POST http.*\/actions\/restart$/)).toBeVisible();
  // An incident that goes on from an earlier try lists that one's runs too.
  const [rehearsal, deploy] = [`a rehearsal ${startsAt}`, `it fails since the deploy ${startsAt}`];
  await dialog.getByLabel("Why").fill(rehearsal);
  await dialog.getByRole("button", { name: "Dry run" }).click();
  const rehearsed = restart.getByRole("listitem").filter({ hasText: rehearsal }).first();
  await expect(rehearsed.getByText("succeeded", { exact: true })).toBeVisible({ timeout: 20_000 });
  await rehearsed.getByText("What the receiver said").click();
  await expect(rehearsed.getByText(`dry run: would restart ${SERVICE}`)).toBeVisible();

  await restart.getByRole("button", { name: "Run…" }).click();
  await expect(dialog.getByText(`Calls the receiver for ${SERVICE}; runs at once.`)).toBeVisible();
  await dialog.getByLabel("Why").fill(deploy);
  const run = dialog.getByRole("button", { name: "Run", exact: true });
  await expect(run).toBeDisabled();
  await dialog.getByLabel("Type restart to confirm").fill("restart");
  await run.click();
  const real = restart.getByRole("listitem").filter({ hasText: deploy }).first();
  await expect(real.getByText("succeeded", { exact: true })).toBeVisible({ timeout: 20_000 });
  const log = page.getByRole("log", { name: "Timeline" });
  await expect(log.getByText("restart of the runbook HighErrorRate: succeeded").first()).toBeVisible();

  await page.setViewportSize(PHONE);
  const onPhone = restart.getByRole("button", { name: "Run…" });
  await onPhone.scrollIntoViewIfNeeded();
  await expect(onPhone).toBeInViewport({ ratio: 1 });
  const { violations } = await new AxeBuilder({ page }).include("article[data-action]").analyze();
  expect(violations.map(({ id: rule, nodes }) => [rule, nodes.map(({ html }) => html)])).toEqual([]);

  await deliver(page.request, "resolved", startsAt);
  await page.request.post(`/api/v1/incidents/${id}/transitions`, { data: { transition: "resolve" } });
});
