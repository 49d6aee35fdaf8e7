import "server-only";
import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isAlive, shutDown } from "./postmaster.ts";
import { startEmbeddedPostgres } from "./start.ts";

const PREFIX = "burnline-temporary-";

async function remove(home: string): Promise<void> {
  await shutDown(path.join(home, "postgres", "cluster", "data"));
  rmSync(home, { recursive: true, force: true });
}

/** A process that was killed cannot remove its server; the next one does. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const pid = Number(name.slice(PREFIX.length).split("-", 1)[0]);
    // Another user's is that user's to remove.
    if (!isAlive(pid)) await remove(path.join(tmpdir(), name)).catch(() => undefined);
  }
}

/** An empty PostgreSQL for tests and tools: it belongs to this process, and `stop` leaves nothing behind. */
export async function startTemporaryPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  await sweep();
  const home = mkdtempSync(path.join(tmpdir(), `${PREFIX}${process.pid}-`));
  chmodSync(home, 0o755);
  const server = await startEmbeddedPostgres({ home });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await remove(home);
    },
  };
}
