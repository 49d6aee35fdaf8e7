import path from "node:path";
import { defineConfig } from "@playwright/test";
import { ADMIN_STATE } from "./e2e/sign-in.ts";

/** A demo that runs already, while working on the journeys. */
const running = process.env.E2E_PORT;
const port = running ?? "15620";
const home = path.join(import.meta.dirname, "test-results", "demo-home");

/** Browser journeys over the production build and a whole demo cluster of their own. */
export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/browser",
  workers: 1,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  // A live cluster on a busy machine now and then misses an instant; the suite's end names whoever needed it.
  retries: 1,
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    timezoneId: "UTC",
    locale: "en-GB",
    // A trace of every journey would take a third of the time; E2E_TRACE=on brings it.
    trace: process.env.E2E_TRACE === "on" ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    actionTimeout: 10_000,
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
      ],
    },
  },
  projects: [
    { name: "session", testMatch: "session.setup.ts" },
    { name: "journeys", dependencies: ["session"], use: { storageState: ADMIN_STATE } },
  ],
  webServer: running
    ? undefined
    : {
        command: "node --import ./register.ts demo/start.ts",
        // The app itself answers long before the history is written.
        wait: { stdout: /Open http/ },
        timeout: 240_000,
        stdout: "pipe",
        env: { PORT: port, BURNLINE_HOME: home },
        gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
      },
});
