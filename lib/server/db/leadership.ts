import "server-only";
import pg from "pg";

const CONNECT_TIMEOUT_MS = 5_000;
/** The work that only one replica does at a time; the number is the key of PostgreSQL's advisory lock. */
export const LEADERSHIPS = { ledger: 7_204_001 } as const;

/** A claim to be the one who does a work. */
export interface Leadership {
  /** Whether we are: tries to become it when nobody is. A change from false to true means that another may have worked before. */
  hold: () => Promise<boolean>;
  close: () => Promise<void>;
}

/**
 * Leadership by an advisory lock on a connection of its own: when this process dies, whichever way, the database
 * frees the lock with the connection, and another replica has it at its next try.
 */
export function createLeadership(url: string, work: keyof typeof LEADERSHIPS): Leadership {
  let holder: pg.Client | null = null;

  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({
      connectionString: url,
      application_name: `burnline ${work}`,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
    });
    const lose = () => {
      if (holder === client) holder = null;
    };
    client.on("error", lose).on("end", lose);
    await client.connect();
    return client;
  };

  return {
    hold: async () => {
      if (holder) return true;
      const client = await connect();
      const { rows } = await client.query<{ held: boolean }>("select pg_try_advisory_lock($1) as held", [
        LEADERSHIPS[work],
      ]);
      if (rows[0]?.held) holder = client;
      else await client.end();
      return holder === client;
    },
    close: async () => {
      const client = holder;
      holder = null;
      await client?.end();
    },
  };
}
