import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { log } from "#lib/server/log.ts";

/** Recurring work of this process. */
export interface Job {
  name: string;
  everyMs: number;
  run: (signal: AbortSignal) => Promise<void>;
}

/**
 * Runs a job at once and then again `everyMs` after each end, until the signal aborts; resolves then.
 * A failure is logged and does not stop the job: sources come and go.
 */
export async function repeat(job: Job, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await job.run(signal);
    } catch (error) {
      if (!signal.aborted) log().warn({ err: error, job: job.name }, "job failed");
    }
    await sleep(job.everyMs, undefined, { signal }).catch(() => undefined);
  }
}
