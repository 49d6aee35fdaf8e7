import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { log } from "#lib/server/log.ts";

const CONNECT_TIMEOUT_MS = 5_000;
const RETRY_MS = 1_000;

interface Listening {
  topic: string;
  /** Called once messages arrive, and again after each time the connection was lost: some may be missing then. */
  onListening: () => void;
  onMessage: (payload: string) => void;
}

async function listenOnce(url: string, { topic, onListening, onMessage }: Listening, signal: AbortSignal) {
  const client = new pg.Client({
    connectionString: url,
    application_name: `burnline listens to ${topic}`,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  });
  const lost = new Promise<void>((resolve) => {
    client.on("error", () => resolve()).on("end", () => resolve());
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  try {
    await client.connect();
    client.on("notification", ({ payload }) => onMessage(payload ?? ""));
    await client.query(`listen ${pg.escapeIdentifier(topic)}`);
    onListening();
    await lost;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Listens to a topic of PostgreSQL on a connection of its own, which is made anew whenever it is lost; resolves when
 * the signal aborts.
 */
export async function listen(url: string, listening: Listening, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await listenOnce(url, listening, signal).catch((error: unknown) => {
      log().warn({ err: error, topic: listening.topic }, "listening was interrupted");
    });
    await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
  }
}
