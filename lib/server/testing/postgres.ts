import "server-only";
import type { TestProject } from "vitest/node";
import { createDatabase } from "#lib/server/db/create-database.ts";
import { startTemporaryPostgres } from "#lib/server/db/embedded/temporary.ts";
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
  const server = await startTemporaryPostgres();
  try {
    const template = await createDatabase(server.url);
    await migrate(template);
    project.provide("databaseUrl", server.url);
    project.provide("databaseTemplate", new URL(template).pathname.slice(1));
    return () => server.stop();
  } catch (error) {
    await server.stop();
    throw error;
  }
}
