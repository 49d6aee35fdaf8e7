import { readFile } from "node:fs/promises";
import { type Migration, migrationList } from "./migrations.ts";
import { NO_FILTERS, SCHEMA_PATH, withSchemaEngine } from "./schema-engine.ts";

/**
 * The SQL that leads from the given migrations to `schema`; null when they already agree. The
 * migrations are applied to a shadow database beside `url`, which is dropped again.
 */
export function diffFromMigrations(
  url: string,
  dir: string,
  migrations: readonly Migration[],
  schema: string,
): Promise<string | null> {
  return withSchemaEngine(url, async (engine) => {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: "migrations", ...migrationList(dir, migrations) },
      to: { tag: "schemaDatamodel", files: [{ path: SCHEMA_PATH, content: schema }] },
      script: true,
      exitCode: true,
      filters: NO_FILTERS,
    });
    return exitCode === 0 ? null : stdout;
  });
}

/** prisma/schema.prisma as text. */
export function readSchema(): Promise<string> {
  return readFile(SCHEMA_PATH, "utf8");
}
