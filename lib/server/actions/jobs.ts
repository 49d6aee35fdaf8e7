import "server-only";
import type { Job } from "#lib/server/jobs/repeat.ts";
import { callNext, endOverdue } from "./call-next.ts";

/** So many calls are under way at once; a receiver that does not answer holds up one of them. */
const CALLERS = 2;
const LOOK_EVERY_MS = 1_000;
const END_EVERY_MS = 5_000;
const RETRY_MS = 5_000;

/** What calls the receivers of guarded actions: every replica may run these. */
export function actionJobs(): Job[] {
  const callers = Array.from({ length: CALLERS }, (_, nth) => ({
    name: `actions called ${nth + 1}`,
    retryMs: RETRY_MS,
    run: async (signal: AbortSignal) => ((await callNext(signal)) ? 0 : LOOK_EVERY_MS),
  }));
  return [
    ...callers,
    {
      name: "actions ended",
      retryMs: RETRY_MS,
      run: async () => {
        await endOverdue(new Date());
        return END_EVERY_MS;
      },
    },
  ];
}
