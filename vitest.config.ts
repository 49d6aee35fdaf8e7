import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const empty = fileURLToPath(new URL("./lib/server/testing/empty.ts", import.meta.url));

/** Unit tests are pure and fast; `*.integration.test.ts` run against the real servers. */
export default defineConfig({
  resolve: { alias: { "server-only": empty } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          // Pure tests share a process per core: a fresh one for each file costs more than the tests.
          isolate: false,
          maxWorkers: "100%",
          // A machine that is busy with other things makes no test wrong.
          testTimeout: 30_000,
          include: ["{lib,components,demo,prisma,.ci}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.integration.test.ts", "**/node_modules/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["{lib,demo,prisma}/**/*.integration.test.ts"],
          // They wait for servers more than they compute. Each file has a database, ports and folders of its own; more than
          // two would outgrow the connections of their one PostgreSQL.
          maxWorkers: 2,
          globalSetup: ["./lib/server/testing/postgres.ts"],
          expect: { poll: { timeout: 10_000 } },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
