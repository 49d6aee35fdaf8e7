// npm run db:diff -- name: writes the migration that leads from prisma/migrations to schema.prisma.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { startTemporaryPostgres } from "#lib/server/db/embedded/temporary.ts";
import { MIGRATIONS_DIR, readMigrations } from "./migrations.ts";
import { diffFromMigrations, readSchema } from "./schema-diff.ts";

const NAME = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
const MAX_NAME_LENGTH = 60;

async function findDifference(): Promise<string | null> {
  const server = await startTemporaryPostgres();
  try {
    const migrations = await readMigrations(MIGRATIONS_DIR);
    return await diffFromMigrations(server.url, MIGRATIONS_DIR, migrations, await readSchema());
  } finally {
    await server.stop();
  }
}

/** `20261120234500`: the order in which migrations apply. */
function timestamp(now: Date): string {
  return now.toISOString().replace(/\D/g, "").slice(0, 14);
}

async function main(name: string | undefined): Promise<number> {
  if (name === undefined || !NAME.test(name) || name.length > MAX_NAME_LENGTH) {
    console.error("usage: npm run db:diff -- name_of_the_change (lower case, digits and single underscores)");
    return 2;
  }
  const sql = await findDifference();
  if (sql === null) {
    console.log("no change: prisma/migrations already gives schema.prisma");
    return 0;
  }
  const dir = path.join(MIGRATIONS_DIR, `${timestamp(new Date())}_${name}`);
  mkdirSync(dir);
  writeFileSync(path.join(dir, "migration.sql"), sql);
  console.log(`${path.join(dir, "migration.sql")}\n\n${sql}`);
  return 0;
}

// The schema engine leaves a ten-second timer behind, which would hold the process open.
process.exit(await main(process.argv[2]));
