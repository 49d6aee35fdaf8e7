import "server-only";
import { ListNotifications, type Notification, OneNotification } from "#lib/contracts/notifications.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read, transaction } from "#lib/server/db/client.ts";
import {
  findNotification,
  findNotificationPage,
  type LoggedNotification,
  wake,
} from "#lib/server/db/notification.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";

const PAGE = 50;

function toNotification(one: LoggedNotification): Notification {
  const { id, channel, incidentId, releaseId, event, subject, state, attempts, lastError } = one;
  return {
    id,
    channel,
    incidentId,
    releaseId,
    event,
    text: subject.text,
    state,
    attempts,
    dueAt: one.dueAt.toISOString(),
    createdAt: one.createdAt.toISOString(),
    sentAt: one.sentAt?.toISOString() ?? null,
    lastError,
    bundle: subject.bundle ?? null,
    log: one.attemptLog.map(({ at, outcome, detail }) => ({ at: at.toISOString(), outcome, detail })),
  };
}

/** The delivery log, newest first, with what came of each attempt. @throws `invalid` */
export function listNotifications(
  actor: Actor,
  input: unknown,
): Promise<{ notifications: Notification[]; nextCursor: string | null }> {
  authorize(actor, "notifications:read");
  const wanted = parseInput(ListNotifications, input);
  return read(async (tx) => {
    const page = await findNotificationPage(tx, wanted, PAGE + 1);
    const shown = page.slice(0, PAGE);
    const nextCursor = page.length > PAGE ? (shown.at(-1)?.id ?? null) : null;
    return { notifications: shown.map(toNotification), nextCursor };
  });
}

/** Has a dead or dropped message sent again. @throws `not_found`, `conflict` for one that waits or was sent */
export function resendNotification(actor: Actor, input: unknown, caller: Caller): Promise<{ done: true }> {
  authorize(actor, "notifications:write");
  const { notification: id } = parseInput(OneNotification, input);
  return transaction(async (tx) => {
    const found = await findNotification(tx, id);
    if (!found) throw new AppError("not_found", `there is no notification with the id ${JSON.stringify(id)}`);
    if (!(await wake(tx, id, new Date())))
      throw new AppError("conflict", `it is ${found.state}: only dead and dropped ones are sent again`);
    await recordAudit(tx, actor, caller, {
      action: "notification.resent",
      resource: { type: "notification", id },
    });
    return { done: true } as const;
  });
}
