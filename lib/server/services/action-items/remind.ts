import "server-only";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { takeOverdue } from "#lib/server/db/action-item.repo.ts";
import { transaction } from "#lib/server/db/client.ts";
import { appendEvents } from "#lib/server/db/incident-event.repo.ts";
import type { Job } from "#lib/server/jobs/repeat.ts";

const BATCH = 100;
const EVERY_MS = 60_000;

/** Tells the timelines of what is overdue, each action item once. @returns how many were told */
export async function remindOverdue(now: Date): Promise<number> {
  return transaction(async (tx) => {
    const overdue = await takeOverdue(tx, now, BATCH);
    await appendEvents(
      tx,
      overdue.flatMap(({ id, incidentId, text, dueAt }) =>
        dueAt === null
          ? []
          : {
              incidentId,
              at: now,
              actorId: SYSTEM_ACTOR.id,
              body: { kind: "reminder" as const, actionItem: id, text, dueAt: dueAt.toISOString() },
            },
      ),
    );
    return overdue.length;
  });
}

/** The job behind {@link remindOverdue}; every replica may run it. */
export function reminderJob(): Job {
  return {
    name: "overdue action items",
    retryMs: EVERY_MS,
    run: async () => ((await remindOverdue(new Date())) === BATCH ? 0 : EVERY_MS),
  };
}
