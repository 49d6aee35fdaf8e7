import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlResultSet,
} from "@prisma/driver-adapter-utils";
import pg from "pg";

/** PostgreSQL's one-byte "char", as its catalogue uses it; the adapter knows no such type. */
const SINGLE_CHAR_OID = 18;

/** Reads "char" columns as text and remembers their names, so that they can be typed afterwards. */
class CatalogPool extends pg.Pool {
  readonly charColumns = new Set<string>();

  constructor(url: string) {
    super({ connectionString: url, application_name: "burnline migrate" });
    const query = this.query.bind(this) as (...args: unknown[]) => Promise<pg.QueryResult>;
    const reading = async (...args: unknown[]) => {
      const result = await query(...args);
      // A script of several statements answers a list of results, whose columns nobody reads.
      for (const field of result.fields ?? []) {
        if (field.dataTypeID !== SINGLE_CHAR_OID) continue;
        field.dataTypeID = pg.types.builtins.BPCHAR;
        this.charColumns.add(field.name);
      }
      return result;
    };
    this.query = reading as typeof this.query;
  }
}

function typed(result: SqlResultSet, charColumns: ReadonlySet<string>): SqlResultSet {
  const columnTypes = result.columnTypes.map((type, index) =>
    type === ColumnTypeEnum.Text && charColumns.has(result.columnNames[index] ?? "")
      ? ColumnTypeEnum.Character
      : type,
  );
  return { ...result, columnTypes };
}

/** Sends the script whole: PostgreSQL runs it as one transaction, and a `;` in a function body cuts nothing. */
async function runScript(pool: pg.Pool, script: string): Promise<void> {
  try {
    await pool.query(script);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    throw new DriverAdapterError({
      kind: "postgres",
      code: error.code ?? "XX000",
      severity: error.severity ?? "ERROR",
      message: error.message,
      detail: error.detail,
      column: error.column,
      hint: error.hint,
    });
  }
}

async function open(url: string, afterwards: () => Promise<void>): Promise<SqlDriverAdapter> {
  const pool = new CatalogPool(url);
  const adapter = await new PrismaPg(pool).connect();
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: async (query) => typed(await adapter.queryRaw(query), pool.charColumns),
    executeRaw: (query) => adapter.executeRaw(query),
    startTransaction: (isolationLevel) => adapter.startTransaction(isolationLevel),
    getConnectionInfo: () => adapter.getConnectionInfo(),
    executeScript: (script) => runScript(pool, script),
    dispose: async () => {
      if (!pool.ended) await pool.end();
      await afterwards();
    },
  };
}

/**
 * Connects Prisma's schema engine to the database at `url`, and to shadow databases beside it that
 * live as long as their connection.
 */
export class MigrationAdapterFactory implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = "postgres";
  readonly adapterName = "@prisma/adapter-pg";
  readonly #url: string;
  readonly #opened: SqlDriverAdapter[] = [];

  constructor(url: string) {
    this.#url = url;
  }

  async connect(): Promise<SqlDriverAdapter> {
    const adapter = await open(this.#url, () => Promise.resolve());
    this.#opened.push(adapter);
    return adapter;
  }

  async connectToShadowDb(): Promise<SqlDriverAdapter> {
    const name = `burnline_shadow_${randomUUID()}`;
    const main = await this.connect();
    await main.executeScript(`create database "${name}"`);
    const url = new URL(this.#url);
    url.pathname = `/${name}`;
    return open(url.href, () => main.executeScript(`drop database if exists "${name}" with (force)`));
  }

  /** Ends every connection that is still open. */
  async close(): Promise<void> {
    await Promise.all(this.#opened.map((adapter) => adapter.dispose()));
  }
}
