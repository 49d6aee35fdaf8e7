import "server-only";
import type { Job } from "#lib/server/jobs/repeat.ts";
import type { LedgerKeeper } from "./keeper.ts";

const LOOK_EVERY_MS = 30_000;
const CATCH_UP_EVERY_MS = 2_000;
/** While there is history to fetch; a pause leaves the source to others. */
const BETWEEN_CHUNKS_MS = 50;
const RETRY_MS = 15_000;

/** Every 30 s: new slots, then the status of every SLO. */
export function lookJob(keeper: LedgerKeeper): Job {
  return {
    name: "ledger look",
    retryMs: RETRY_MS,
    run: async (signal) => {
      const startMs = Date.now();
      await keeper.look(startMs, signal);
      return Math.max(1_000, startMs + LOOK_EVERY_MS - Date.now());
    },
  };
}

/** History of new SLOs, and evaluations as soon as people change something. */
export function catchUpJob(keeper: LedgerKeeper): Job {
  return {
    name: "ledger history",
    retryMs: RETRY_MS,
    run: async (signal) => {
      const more = await keeper.catchUp(Date.now(), signal);
      return more ? BETWEEN_CHUNKS_MS : more === null ? LOOK_EVERY_MS : CATCH_UP_EVERY_MS;
    },
  };
}
