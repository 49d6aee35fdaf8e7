import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { createDatabase } from "#lib/server/db/create-database.ts";
import { migrate } from "./migrate.ts";
import { MIGRATIONS_DIR, readMigrations } from "./migrations.ts";
import { diffFromMigrations, readSchema } from "./schema-diff.ts";

const OWN = (await readMigrations(MIGRATIONS_DIR)).map(({ name }) => name);

let url: string;
let dir: string;

beforeEach(async () => {
  url = await createDatabase(inject("databaseUrl"));
  dir = mkdtempSync(path.join(tmpdir(), "burnline-migrations-"));
  cpSync(MIGRATIONS_DIR, dir, { recursive: true });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function addMigration(name: string, sql: string): void {
  mkdirSync(path.join(dir, name), { recursive: true });
  writeFileSync(path.join(dir, name, "migration.sql"), sql);
}

async function query<R extends pg.QueryResultRow>(sql: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe("the migrations", () => {
  it("give exactly schema.prisma when applied to an empty database", async () => {
    const migrations = await readMigrations(MIGRATIONS_DIR);
    expect(await diffFromMigrations(url, MIGRATIONS_DIR, migrations, await readSchema())).toBeNull();
  });

  it.each<[string, string, string, RegExp]>([
    ["a new column", "  version ", "  planted Int?\n  version ", /ADD COLUMN\s+"planted" INTEGER/],
    ["another type", "@db.Timestamptz(3)", "@db.Timestamptz(6)", /TIMESTAMPTZ\(6\)/],
    ["a missing default", " @default(1)", "", /"version" DROP DEFAULT/],
    ["an index", "  @@map", "  @@index([lastSeenAt])\n  @@map", /CREATE INDEX "services_last_seen_at_idx"/],
  ])("are noticed to differ by %s", async (_, text, planted, expected) => {
    const schema = (await readSchema()).replace(text, planted);
    const migrations = await readMigrations(MIGRATIONS_DIR);
    expect(await diffFromMigrations(url, MIGRATIONS_DIR, migrations, schema)).toMatch(expected);
  });

  it("leave no shadow database behind", async () => {
    await diffFromMigrations(url, MIGRATIONS_DIR, [], await readSchema());
    expect(await query("select datname from pg_database where datname like '%shadow%'")).toEqual([]);
  });
});

describe("migrate", () => {
  it("applies all in order, then nothing", async () => {
    expect(await migrate(url)).toEqual({ applied: OWN });
    expect(await migrate(url)).toEqual({ applied: [] });
  });

  it("writes the history that Prisma's own CLI writes", async () => {
    await migrate(url);
    const columns = await query(
      `select column_name || ' ' || data_type || coalesce('(' || character_maximum_length || ')', '') ||
        case is_nullable when 'NO' then ' not null' else '' end as is
      from information_schema.columns where table_name = '_prisma_migrations' order by ordinal_position`,
    );
    expect(columns.map((column) => column["is"])).toEqual([
      "id character varying(36) not null",
      "checksum character varying(64) not null",
      "finished_at timestamp with time zone",
      "migration_name character varying(255) not null",
      "logs text",
      "rolled_back_at timestamp with time zone",
      "started_at timestamp with time zone not null",
      "applied_steps_count integer not null",
    ]);
    const rows = await query(
      `select migration_name, checksum, logs, rolled_back_at, applied_steps_count,
        finished_at >= started_at as finished from _prisma_migrations order by started_at`,
    );
    expect(rows).toEqual(
      OWN.map((name) => ({
        migration_name: name,
        checksum: createHash("sha256")
          .update(readFileSync(path.join(MIGRATIONS_DIR, name, "migration.sql")))
          .digest("hex"),
        logs: null,
        rolled_back_at: null,
        applied_steps_count: 1,
        finished: true,
      })),
    );
  });

  it("applies each migration once when several processes start together", async () => {
    addMigration("20990101000000_slow", "create table slow (n int); select pg_sleep(0.3);");
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => migrate(url, dir)));
    expect(outcomes.flatMap(({ applied }) => applied)).toEqual([...OWN, "20990101000000_slow"]);
  });

  it("takes functions and texts with semicolons whole", async () => {
    addMigration(
      "20990101000000_function",
      `create function twice(n int) returns int language plpgsql as $$ begin n := n * 2; return n; end; $$;
      create table texts (text text default 'a;b'); -- one; two
      insert into texts default values;`,
    );
    await migrate(url, dir);
    expect(await query("select twice(21), text from texts")).toEqual([{ twice: 42, text: "a;b" }]);
  });

  it("goes on with a database that a newer release has migrated further", async () => {
    addMigration("20990101000000_newer", "create table newer (n int);");
    await migrate(url, dir);
    expect(await migrate(url)).toEqual({ applied: [] });
  });

  it("stops at a migration that was changed after it was applied", async () => {
    await migrate(url, dir);
    addMigration(OWN[0] ?? "", "create table other (n int);");
    await expect(migrate(url, dir)).rejects.toThrow(
      `the migration ${OWN[0]} was changed after it was applied`,
    );
  });

  it("leaves nothing of a migration that fails, says why, and stops there until it is mended", async () => {
    const name = "20990101000000_broken";
    addMigration(name, "create table half (n int);\ninsert into half values ('x');");
    await expect(migrate(url, dir)).rejects.toThrow(/invalid input syntax for type integer: "x"/);
    expect(await query("select to_regclass('half') as half")).toEqual([{ half: null }]);
    await expect(migrate(url, dir)).rejects.toThrow(`the migration ${name} failed earlier`);

    await query(`update _prisma_migrations set rolled_back_at = now() where migration_name = '${name}'`);
    addMigration(name, "create table half (n int);");
    expect(await migrate(url, dir)).toEqual({ applied: [name] });
  });
});
