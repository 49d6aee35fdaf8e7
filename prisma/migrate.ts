import pg from "pg";
import { MIGRATIONS_DIR, type Migration, migrationList, readMigrations } from "./migrations.ts";

/** Beside the engine's own lock, which gives up after ten seconds: an earlier start's migration may take longer. */
const MIGRATE_LOCK = 1_651_860_076;
const UNDEFINED_TABLE = "42P01";

/** A history that cannot be continued; the message says what happened and what to do. */
export class MigrationError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "MigrationError";
  }
}

interface HistoryRow {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
  rolled_back_at: Date | null;
}

async function readHistory(client: pg.Client): Promise<HistoryRow[]> {
  try {
    const { rows } = await client.query<HistoryRow>(
      "select migration_name, checksum, finished_at, rolled_back_at from _prisma_migrations",
    );
    return rows.filter((row) => row.rolled_back_at === null);
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === UNDEFINED_TABLE) return [];
    throw error;
  }
}

/** Names of the migrations still to apply. A migration only the database knows is a newer release's: fine. */
function pending(migrations: readonly Migration[], history: readonly HistoryRow[]): string[] {
  const applied = new Map(history.map((row) => [row.migration_name, row]));
  const failed = history.find((row) => row.finished_at === null);
  if (failed) {
    throw new MigrationError(
      `the migration ${failed.migration_name} failed earlier and left the database half-changed; ` +
        "docs/database.md says how to mend it",
    );
  }
  const changed = migrations.find(
    ({ name, checksum }) => (applied.get(name)?.checksum ?? checksum) !== checksum,
  );
  if (changed) {
    throw new MigrationError(
      `the migration ${changed.name} was changed after it was applied; ` +
        "restore its migration.sql and put the change into a new migration",
    );
  }
  return migrations.filter(({ name }) => !applied.has(name)).map(({ name }) => name);
}

async function apply(url: string, dir: string, migrations: readonly Migration[]): Promise<string[]> {
  // Loaded only now: the engine is 10 MB of WebAssembly, and most starts have nothing to apply.
  const { NO_FILTERS, withSchemaEngine } = await import("./schema-engine.ts");
  try {
    const migrationsList = migrationList(dir, migrations);
    const done = await withSchemaEngine(url, (engine) =>
      engine.applyMigrations({ migrationsList, filters: NO_FILTERS }),
    );
    return done.appliedMigrationNames;
  } catch (error) {
    throw new MigrationError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/**
 * Brings the database at `url` up to the migrations of this release, with the history that Prisma's
 * own CLI keeps. Safe to call from several processes at once; quick when nothing is pending.
 * @throws MigrationError when a migration was changed, failed earlier or fails now.
 */
export async function migrate(url: string, dir = MIGRATIONS_DIR): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(dir);
  const client = new pg.Client({ connectionString: url, application_name: "burnline migrate" });
  await client.connect();
  try {
    if (pending(migrations, await readHistory(client)).length === 0) return { applied: [] };
    await client.query("select pg_advisory_lock($1)", [MIGRATE_LOCK]);
    if (pending(migrations, await readHistory(client)).length === 0) return { applied: [] };
    return { applied: await apply(url, dir, migrations) };
  } finally {
    await client.end();
  }
}
