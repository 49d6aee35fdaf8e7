import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { bulkhead } from "cockatiel";
import { AppError } from "#lib/server/errors.ts";
import { singleton } from "#lib/server/singleton.ts";
import { type Prisma, PrismaClient } from "./generated/client.ts";
import { reachable } from "./reachable.ts";

const POOL_SIZE = 10;
/** A dead database must fail a request, not hang it. */
const CONNECT_TIMEOUT_MS = 5_000;

/** What a repository runs its statements on. */
export type Transaction = Prisma.TransactionClient;

interface Connection {
  client: PrismaClient | null;
}

function connection(): Connection {
  return singleton<Connection>("db", () => ({ client: null }));
}

/**
 * Makes the database at `url` the one that `db()` answers; connections open on first use. The
 * function it returns closes them.
 */
export function connectDatabase(url: string): () => Promise<void> {
  const client = new PrismaClient({
    adapter: new PrismaPg({
      connectionString: url,
      application_name: "burnline",
      max: POOL_SIZE,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    }),
  });
  const held = connection();
  if (held.client) throw new Error("the database is connected already");
  held.client = client;
  return async () => {
    held.client = null;
    await client.$disconnect();
  };
}

/** The database client. @throws `unavailable` before `connectDatabase`. */
export function db(): PrismaClient {
  const { client } = connection();
  if (!client) throw new AppError("unavailable", "the database is not connected yet");
  return client;
}

/** Runs statements that only read, each on its own. @throws `unavailable` when the database is out of reach. */
export function read<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  return reachable(work(db()));
}

/** A unit of work that takes longer is broken off: it holds locks. */
const TRANSACTION_TIMEOUT_MS = 5_000;
/** In a rush writers queue here and not for connections, which reading needs too. */
const WRITERS = POOL_SIZE - 2;
const WAITING_WRITERS = 1_000;

function writers() {
  return singleton("db.writers", () => bulkhead(WRITERS, WAITING_WRITERS));
}

/**
 * Runs one unit of work: everything in it happens, or nothing does.
 * @param timeoutMs for work on very many rows at once.
 * @throws `unavailable` when the database is out of reach.
 */
export function transaction<T>(
  work: (tx: Transaction) => Promise<T>,
  timeoutMs = TRANSACTION_TIMEOUT_MS,
): Promise<T> {
  return reachable(writers().execute(() => db().$transaction(work, { timeout: timeoutMs })));
}
