import "server-only";
import type { Job } from "#lib/server/jobs/repeat.ts";
import { resolveQuiet } from "#lib/server/incidents/resolve-quiet.ts";
import { sourcesOf } from "#lib/server/query/sources.ts";
import { takeInBurns } from "./burns.ts";
import { inboxJob } from "./inbox.ts";
import { reconcile } from "./reconcile.ts";
import { tellBurns } from "./tell-burns.ts";
import { lookForWatchdog } from "./watchdog.ts";

const BURNS_EVERY_MS = 15_000;
const RECONCILE_EVERY_MS = 30_000;
const QUIET_EVERY_MS = 15_000;

/** What has incidents follow alerts: every replica may run these, for each does its work behind a lock. */
export function alertJobs(): Job[] {
  const watchingSinceMs = Date.now();
  return [
    inboxJob(),
    {
      name: "burning SLOs",
      retryMs: BURNS_EVERY_MS,
      run: async () => {
        await takeInBurns();
        await tellBurns();
        return BURNS_EVERY_MS;
      },
    },
    {
      name: "alerts compared",
      retryMs: RECONCILE_EVERY_MS,
      run: async (signal) => {
        for (const source of sourcesOf("alertmanager")) await reconcile(source, signal);
        await lookForWatchdog(watchingSinceMs);
        return RECONCILE_EVERY_MS;
      },
    },
    {
      name: "quiet incidents",
      retryMs: QUIET_EVERY_MS,
      run: async () => {
        await resolveQuiet(Date.now());
        return QUIET_EVERY_MS;
      },
    },
  ];
}
