import http from "node:http";
import type { AddressInfo } from "node:net";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { PAGES, PHONE, WIDE } from "./pages.ts";
import { demoFile, signInAs } from "./sign-in.ts";
import { watchConsole } from "./watch-console.ts";

const NOBODY = { storageState: { cookies: [], origins: [] } };

async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

test.describe("nobody", () => {
  test.use(NOBODY);

  test("is led from every page to sign in, and from there to the page", async ({ page, baseURL }) => {
    for (const { path } of [...PAGES, { path: "/no-such-page" }]) {
      await page.goto(path);
      await expect(page).toHaveURL(new RegExp(`^${baseURL}/sign-in`));
    }
    await page.goto("/nodes/nas1?range=6h");
    const viewer = demoFile().accounts.find(({ roles }) => roles.includes("viewer"))!;
    await fillSignIn(page, viewer.email, "not the password");
    await expect(page.getByRole("alert").first()).toBeVisible();
    await expect(page.getByLabel("E-mail")).toHaveValue(viewer.email);
    await fillSignIn(page, viewer.email, viewer.password);
    await expect(page).toHaveURL(`${baseURL}/nodes/nas1?range=6h`);
    await page.getByRole("button", { name: /^Account: / }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/\/sign-in/);
    await page.goto("/");
    await expect(page).toHaveURL(/\/sign-in/);
  });

  test("is sent nowhere else by a link that says so", async ({ page, baseURL }) => {
    const viewer = demoFile().accounts.find(({ roles }) => roles.includes("viewer"))!;
    await page.goto("/sign-in?next=%2F%2Fevil.example%2F");
    await fillSignIn(page, viewer.email, viewer.password);
    await expect(page).toHaveURL(`${baseURL}/`);
  });

  for (const [size, viewport] of [
    ["1440", WIDE],
    ["390", PHONE],
  ] as const) {
    for (const colorScheme of ["dark", "light"] as const) {
      test(`the sign-in page at ${size} px, ${colorScheme}: accessible, console silent`, async ({
        page,
      }, info) => {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        const console = watchConsole(page);
        await page.goto("/sign-in");
        await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
        await page.screenshot({ path: info.outputPath(`sign-in-${size}-${colorScheme}.png`) });
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        console.expectSilence();
      });
    }
  }
});

test.describe("a viewer", () => {
  test.use(NOBODY);

  test("looks at everything, changes nothing, and is told why", async ({ page, context }) => {
    await signInAs(context.request, "viewer");
    await page.goto("/services/checkout");
    const edit = page.getByRole("button", { name: "Edit" });
    await expect(edit).toHaveAttribute("aria-disabled", "true");
    await expect(edit).toHaveAttribute("title", /sre, admin/);
    await page.goto("/settings/people");
    await expect(page.locator('[data-state="forbidden"]').first()).toContainText("admin");
    const settings = page.getByRole("navigation", { name: "Settings" });
    await expect(settings.getByRole("link", { name: "Account" })).toBeVisible();
    await expect(settings.getByRole("link", { name: "Audit" })).toHaveCount(0);
  });
});

test("a person can be added, must choose a password, and is gone when erased", async ({ page, browser }) => {
  const email = `new-${Date.now()}@demo.example`;
  await page.goto("/settings/people");
  await page.getByRole("button", { name: /add a person/i }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill('<img src=x onerror=alert(1)> "Nia"');
  await dialog.getByLabel("E-mail").fill(email);
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  const first = (await dialog.locator("pre").first().innerText()).trim();
  await page.keyboard.press("Escape");
  await expect(page.getByText('<img src=x onerror=alert(1)> "Nia"')).toBeVisible();

  const theirs = await browser.newPage(NOBODY);
  await theirs.goto("/sign-in");
  await fillSignIn(theirs, email, first);
  await expect(theirs).toHaveURL(/\/change-password/);
  await theirs.goto("/nodes");
  await expect(theirs).toHaveURL(/\/change-password/);
  await theirs.getByLabel("Current password").fill(first);
  await theirs.getByLabel("New password").fill("a long new password");
  await theirs.getByRole("button", { name: "Change password" }).click();
  await expect(theirs).toHaveURL((url) => url.pathname === "/");
  await theirs.goto("/nodes");
  await expect(theirs.getByRole("heading", { level: 1 })).toHaveText("Nodes");

  const listed = await (await page.request.get("/api/v1/people")).json();
  const { id } = (listed as { people: { id: string; email: string }[] }).people.find(
    (one) => one.email === email,
  )!;
  expect((await page.request.delete(`/api/v1/people/${id}`)).ok()).toBe(true);
  await theirs.goto("/nodes");
  await expect(theirs).toHaveURL(/\/sign-in/);
  await theirs.close();
});

test("a token works where it may, and no longer once revoked", async ({ page, playwright, baseURL }) => {
  await page.goto("/settings/tokens");
  await page.getByRole("button", { name: /make a token/i }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(`journey-${Date.now()}`);
  await dialog.getByRole("button", { name: "Make it" }).click();
  const secret = /bl_[\w-]{43}/.exec(await dialog.locator("pre").first().innerText())?.[0];
  expect(secret).toBeDefined();
  const machine = await playwright.request.newContext({
    baseURL: baseURL!,
    extraHTTPHeaders: { authorization: `Bearer ${secret}` },
  });
  expect((await machine.get("/api/v1/nodes")).status()).toBe(200);
  expect((await machine.get("/api/prometheus/api/v1/query?query=up")).status()).toBe(403);
  const { tokens } = (await (await page.request.get("/api/v1/tokens")).json()) as {
    tokens: { id: string; hint: string }[];
  };
  const { id } = tokens.find(({ hint }) => secret!.endsWith(hint))!;
  expect((await page.request.delete(`/api/v1/tokens/${id}`)).ok()).toBe(true);
  expect((await machine.get("/api/v1/nodes")).status()).toBe(401);
  await machine.dispose();
});

test("a form on another page, sandboxed or not, changes nothing", async ({ page, baseURL }) => {
  const form = `<form method="post" enctype="text/plain" action="${baseURL}/api/v1/people">
    <input name='{"name":"Eve","email":"eve@demo.example","roles":["admin"],"x":"' value='"}'></form>
    <script>document.forms[0].submit()</script>`;
  const served: Record<string, string> = {
    "/form": form,
    "/frame": `<iframe sandbox="allow-scripts allow-forms" srcdoc="${form.replaceAll('"', "&quot;")}"></iframe>`,
  };
  const server = http.createServer((request, response) => {
    response.setHeader("content-type", "text/html");
    response.end(served[request.url ?? ""] ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // Another port is another origin, yet the same site: the browser sends our cookies along.
  const { port } = server.address() as AddressInfo;
  const answered = page.waitForResponse((response) => response.url().endsWith("/api/v1/people"));
  await page.goto(`http://127.0.0.1:${port}/form`);
  expect((await answered).status()).toBe(403);
  await page.goto(`http://127.0.0.1:${port}/frame`);
  // The refusal may not be framed, so that the browser shows its own.
  const refused = () => page.frames().some((frame) => frame.url().startsWith("chrome-error:"));
  await expect.poll(refused, { timeout: 10_000 }).toBe(true);
  server.close();
  const people = await (await page.request.get("/api/v1/people")).text();
  expect(people).not.toContain("eve@demo.example");
});

test("raw PromQL passes through the proxy as the source answered it", async ({ playwright }) => {
  const { url, token } = demoFile();
  const machine = await playwright.request.newContext({
    baseURL: url,
    extraHTTPHeaders: { authorization: `Bearer ${token}` },
  });
  const answer = await machine.get("/api/prometheus/api/v1/query?query=count(up)");
  expect(await answer.json()).toMatchObject({ status: "success", data: { resultType: "vector" } });
  for (const path of [
    "/api/prometheus/api/v1/admin/tsdb/snapshot",
    "/api/prometheus/..%2fmetrics",
    "/api/loki/loki/api/v1/push",
  ]) {
    expect([path, (await machine.post(path)).ok()]).toEqual([path, false]);
  }
  await machine.dispose();
});
