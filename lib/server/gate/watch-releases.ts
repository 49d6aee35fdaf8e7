import "server-only";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { read, transaction } from "#lib/server/db/client.ts";
import { nextDueRelease, takeDueReleases } from "#lib/server/db/release.repo.ts";
import type { Job } from "#lib/server/jobs/repeat.ts";
import { log } from "#lib/server/log.ts";
import { redecide } from "./redecide.ts";

const AT_A_TIME = 20;
/** A process that dies in the middle leaves its releases to be asked about so much later. */
const TAKEN_MS = 60_000;
const LONGEST_WAIT_MS = 10_000;
const RETRY_MS = 10_000;

/** Asks the gate again about releases that are due: deferred ones, and those whose approval has to hold. */
export async function watchReleases(signal: AbortSignal): Promise<number> {
  const now = new Date();
  const againAt = new Date(now.getTime() + TAKEN_MS);
  const due = await transaction((tx) => takeDueReleases(tx, { now, againAt, take: AT_A_TIME }));
  for (const id of due) {
    signal.throwIfAborted();
    await redecide(id, SYSTEM_ACTOR.id).catch((error: unknown) => {
      log().warn({ err: error, release: id }, "a release could not be decided on again");
    });
  }
  if (due.length === AT_A_TIME) return 0;
  const next = await read(nextDueRelease);
  const waitMs = next === null ? LONGEST_WAIT_MS : next.getTime() - Date.now();
  // Releases come from other processes too, so it never sleeps for long.
  return Math.min(LONGEST_WAIT_MS, Math.max(1_000, waitMs));
}

export function watchReleasesJob(): Job {
  return { name: "releases", run: watchReleases, retryMs: RETRY_MS };
}
