import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { log } from "#lib/server/log.ts";

/** Recurring work of this process. */
export interface Job {
  name: string;
  /** Does the work and answers how many ms to wait before the next time. */
  run: (signal: AbortSignal) => Promise<number>;
  /** Wait after a failure. */
  retryMs: number;
}

/**
 * Runs a job at once, and again after the wait that each run asks for, until the signal aborts; resolves
 * then. A failure is logged and does not stop the job: sources come and go.
 */
export async function repeat(job: Job, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const waitMs = await job.run(signal).catch((error: unknown) => {
      if (!signal.aborted) log().warn({ err: error, job: job.name }, "job failed");
      return job.retryMs;
    });
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
  }
}
