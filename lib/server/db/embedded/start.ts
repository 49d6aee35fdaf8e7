import "server-only";
import { randomInt } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { type Account, serverAccount } from "./account.ts";
import { type Cluster, ensureCluster, USER } from "./cluster.ts";
import { findPlace, type Place } from "./place.ts";
import { findPostmaster, launch, logFile, shutDown } from "./postmaster.ts";
import { claim } from "./presence.ts";

const Connection = z.object({ url: z.url() });
const MAX_LAUNCHES = 5;
const PAUSE_MS = 50;
const GIVE_UP_MS = 120_000;
const LOG_TAIL_CHARS = 1_500;
/** Below the ports that systems hand out to outgoing connections, so that a kept port stays free. */
const [FIRST_PORT, LAST_PORT] = [20_000, 29_999];

/** The embedded PostgreSQL as one process uses it. */
export interface EmbeddedPostgres {
  url: string;
  /** It was running already: another Burnline's, or left behind by one that was killed. */
  adopted: boolean;
  /**
   * Brings the server back where it has died; true when it had to. @throws Error when it does not start, or
   * only under another address.
   */
  revive(): Promise<boolean>;
  /** Stops the server, unless another process still uses it. */
  stop(): Promise<"stopped" | "left_running">;
}

function urlOf(cluster: Cluster, port: number): string {
  return `postgresql://${USER}:${cluster.password}@127.0.0.1:${port}/postgres`;
}

/** The port of the last start, so that addresses noted elsewhere stay good. */
function keptPort(connectionFile: string): number {
  try {
    const { url } = Connection.parse(JSON.parse(readFileSync(connectionFile, "utf8")));
    return Number(new URL(url).port);
  } catch {
    return randomPort();
  }
}

function randomPort(): number {
  return randomInt(FIRST_PORT, LAST_PORT + 1);
}

function writeConnection(place: Place, url: string): void {
  const half = `${place.connectionFile}.${process.pid}`;
  writeFileSync(half, `${JSON.stringify({ url })}\n`, { mode: 0o600 });
  renameSync(half, place.connectionFile);
}

function logTail(place: Place): string {
  const file = logFile(place);
  return existsSync(file) ? readFileSync(file, "utf8").slice(-LOG_TAIL_CHARS) : "";
}

/** The log of the start before is kept; of two starts at once one does it. */
function setLogAside(place: Place): void {
  try {
    renameSync(logFile(place), `${logFile(place)}.1`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

async function connect(place: Place, account: Account, cluster: Cluster) {
  const deadline = performance.now() + GIVE_UP_MS;
  let port = keptPort(place.connectionFile);
  let launches = 0;
  let ownPid: number | undefined;
  while (performance.now() < deadline) {
    const postmaster = findPostmaster(cluster.dataDir);
    if (postmaster) {
      const url = urlOf(cluster, postmaster.port);
      const presence = postmaster.ready ? await claim(url, cluster.dataDir) : null;
      if (presence) return { url, presence, adopted: postmaster.pid !== ownPid };
      await sleep(PAUSE_MS);
      continue;
    }
    if (launches === MAX_LAUNCHES) break;
    if (launches === 0) setLogAside(place);
    launches += 1;
    ownPid = await launch(place, account, cluster.dataDir, port);
    // Most often the port was taken; and a server killed a moment ago needs some time to be gone.
    if (!findPostmaster(cluster.dataDir)) {
      port = randomPort();
      await sleep(2 * PAUSE_MS * launches);
    }
  }
  throw new Error(`the embedded PostgreSQL does not start; ${logFile(place)} ends with:\n${logTail(place)}`);
}

/**
 * Starts the PostgreSQL that comes with Burnline, on the data below `home`, or joins the one that
 * already runs there. It outlives this process unless stopped; its address is kept in
 * `home`/postgres/connection.json.
 */
export async function startEmbeddedPostgres({ home }: { home: string }): Promise<EmbeddedPostgres> {
  const account = serverAccount(home);
  const place = findPlace(home, account);
  const cluster = await ensureCluster(place, account);
  const { url, adopted, ...first } = await connect(place, account, cluster);
  let { presence } = first;
  writeConnection(place, url);
  const revive = async () => {
    if (stopping !== undefined || !presence.broken()) return false;
    const again = await connect(place, account, cluster);
    if (again.url !== url)
      throw new Error("the embedded PostgreSQL came back on another port; restart Burnline");
    presence = again.presence;
    return true;
  };
  const stop = async () => {
    // A connection that broke took its claim with it, so a new one is needed to ask who else is there.
    const held = presence.broken() ? await claim(url, cluster.dataDir) : presence;
    const alone = held === null ? findPostmaster(cluster.dataDir) === null : await held.leave();
    if (alone) await shutDown(cluster.dataDir);
    await held?.close();
    return alone ? "stopped" : "left_running";
  };
  let stopping: ReturnType<typeof stop> | undefined;
  return { url, adopted, revive, stop: () => (stopping ??= stop()) };
}
