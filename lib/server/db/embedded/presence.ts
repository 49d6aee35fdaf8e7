import "server-only";
import { Socket } from "node:net";
import pg from "pg";

/** Shared by every process that uses the server; whoever can have it alone is the last one. */
const PRESENCE_LOCK = 7_266_811;
const CONNECT_TIMEOUT_MS = 5_000;
/** Not there (yet, or any more): refused, reset, starting up, shutting down. */
const TRY_AGAIN = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "57P01", "57P03"]);

/** A process's claim on the server, held by an open connection and so gone when the process is. */
export interface Presence {
  /** The connection was lost, and the claim with it. */
  broken(): boolean;
  /** Gives up the claim. true: nobody else holds one, nor can take one until `close`. */
  leave(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Claims the server at `url`. null: it is starting or stopping, ask again.
 * @throws Error when a server answers that is not the one of `dataDir`.
 */
export async function claim(url: string, dataDir: string): Promise<Presence | null> {
  const socket = new Socket();
  const client = new pg.Client({
    stream: () => socket,
    connectionString: url,
    application_name: "burnline presence",
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  });
  let broken = false;
  client.on("error", () => (broken = true));
  try {
    await client.connect();
    const { rows } = await client.query<{ dir: string; claimed: boolean }>(
      "select current_setting('data_directory') as dir, pg_try_advisory_lock_shared($1) as claimed",
      [PRESENCE_LOCK],
    );
    if (rows[0]?.dir !== dataDir)
      throw new Error(`another PostgreSQL answers in place of the one of ${dataDir}`);
    if (!rows[0].claimed) {
      await client.end();
      return null;
    }
  } catch (error) {
    await client.end().catch(() => undefined);
    if (TRY_AGAIN.has((error as { code?: string }).code ?? "")) return null;
    throw error;
  }
  socket.unref();
  return {
    broken: () => broken,
    leave: async () => {
      socket.ref();
      const { rows } = await client.query<{ alone: boolean }>(
        "select pg_advisory_unlock_shared($1), pg_try_advisory_lock($1) as alone",
        [PRESENCE_LOCK],
      );
      return rows[0]?.alone === true;
    },
    close: () => client.end(),
  };
}
