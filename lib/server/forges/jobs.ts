import "server-only";
import { settings } from "#lib/server/env.ts";
import type { Job } from "#lib/server/jobs/repeat.ts";
import { tellNext } from "./teller.ts";

/** So many forges are answered at once; one that does not answer holds up one of them. */
const TELLERS = 2;
const LOOK_EVERY_MS = 1_000;
const RETRY_MS = 5_000;

/** What answers the forges that hold deployments: every replica may run these. */
export function forgeJobs(): Job[] {
  if (settings().forges === null) return [];
  return Array.from({ length: TELLERS }, (_, nth) => ({
    name: `forges ${nth + 1}`,
    retryMs: RETRY_MS,
    run: async (signal: AbortSignal) => ((await tellNext(signal)) ? 0 : LOOK_EVERY_MS),
  }));
}
