import "server-only";
import {
  findWaiting,
  forgetDeliveries,
  markTakenIn,
  quarantine,
  type WaitingDelivery,
} from "#lib/server/db/alert-delivery.repo.ts";
import { read, transaction } from "#lib/server/db/client.ts";
import { lockAlerts } from "#lib/server/db/incident.repo.ts";
import { log } from "#lib/server/log.ts";
import { readDelivery } from "./read-delivery.ts";
import { takeIn } from "./take-in.ts";

/** Many deliveries of a storm at once, yet few enough for one transaction. */
const BATCH = 200;
const TIMEOUT_MS = 60_000;
const LOOK_EVERY_MS = 1_000;
const KEPT_DAYS = 30;
const FORGET_EVERY_MS = 3_600_000;

async function takeInBatch(take: number): Promise<number> {
  return transaction(async (tx) => {
    await lockAlerts(tx);
    const waiting = await findWaiting(tx, take);
    const now = new Date();
    const read = waiting.map((delivery) => ({ delivery, ...readDelivery(delivery) }));
    await takeIn(
      tx,
      read.flatMap(({ occurrences }) => occurrences),
      now.getTime(),
    );
    const whole = read.filter(({ problems }) => problems.length === 0);
    await markTakenIn(
      tx,
      whole.map(({ delivery }) => delivery.id),
      now,
    );
    for (const { delivery, problems } of read) {
      if (problems.length > 0) await quarantine(tx, delivery.id, now, problems.slice(0, 20).join("\n"));
    }
    return waiting.length;
  }, TIMEOUT_MS);
}

/** Sets aside the one delivery that a batch fails over, so that those behind it are not held up. */
async function setAsideFirst(reason: unknown): Promise<void> {
  const problem = `could not be taken in: ${reason instanceof Error ? reason.message : String(reason)}`;
  await transaction(async (tx) => {
    const [first]: WaitingDelivery[] = await findWaiting(tx, 1);
    if (first) await quarantine(tx, first.id, new Date(), problem.slice(0, 2_000).replaceAll("\0", ""));
  });
}

/** Takes in what waits. @returns how many deliveries that were */
export async function takeInWaiting(): Promise<number> {
  try {
    return await takeInBatch(BATCH);
  } catch (error) {
    log().warn({ err: error }, "a batch of alerts could not be taken in; one by one now");
  }
  try {
    return await takeInBatch(1);
  } catch (error) {
    // Out of reach is no fault of the delivery's.
    await read((tx) => tx.$queryRaw`select 1`);
    await setAsideFirst(error);
    return 1;
  }
}

/** The job that takes alerts in: at once after each delivery of this process, each second for those of others. */
export function inboxJob(): { name: string; retryMs: number; run: () => Promise<number> } {
  let forgottenAtMs = 0;
  const run = async () => {
    const count = await takeInWaiting();
    if (Date.now() - forgottenAtMs > FORGET_EVERY_MS) {
      forgottenAtMs = Date.now();
      await transaction((tx) => forgetDeliveries(tx, new Date(Date.now() - KEPT_DAYS * 86_400_000)));
    }
    return count > 0 ? 0 : LOOK_EVERY_MS;
  };
  return { name: "alerts in", retryMs: LOOK_EVERY_MS, run };
}
