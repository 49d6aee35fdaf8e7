import "server-only";
import { inject } from "vitest";
import { createDatabase } from "#lib/server/db/create-database.ts";

/** A migrated, empty database for one test file; answers its address. It goes when the run ends. */
export function freshDatabase(): Promise<string> {
  return createDatabase(inject("databaseUrl"), inject("databaseTemplate"));
}
