import "server-only";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { createDatabase } from "#lib/server/db/create-database.ts";
import { startEmbeddedPostgres } from "#lib/server/db/embedded/start.ts";
import { migrate } from "../../../prisma/migrate.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A server for the whole run; tests make databases of their own on it. */
    databaseUrl: string;
    /** Name of the migrated database that `freshDatabase` copies. */
    databaseTemplate: string;
  }
}

/** One PostgreSQL for the integration tests, with a migrated database to copy; gone after the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = mkdtempSync(path.join(tmpdir(), "burnline-test-"));
  chmodSync(home, 0o755);
  const server = await startEmbeddedPostgres({ home });
  const teardown = async () => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const template = await createDatabase(server.url);
    await migrate(template);
    project.provide("databaseUrl", server.url);
    project.provide("databaseTemplate", new URL(template).pathname.slice(1));
    return teardown;
  } catch (error) {
    await teardown();
    throw error;
  }
}
