import "server-only";
import { z } from "zod";
import type { NotificationState } from "#lib/contracts/notifications.ts";
import { NOTIFICATION_EVENTS } from "#lib/domain/notifications/event.ts";
import type { Transaction } from "./client.ts";
import type { Notification, Prisma } from "./generated/client.ts";

/** A version of a service that went out. */
const VersionOut = z.object({ service: z.string(), version: z.string() });
export type VersionOut = z.infer<typeof VersionOut>;

/** What is told, as far as it is fixed when the row is written. */
const Subject = z.object({
  text: z.string(),
  at: z.iso.datetime(),
  actorId: z.string(),
  /** What it tells of where that is neither an incident nor a release. */
  version: VersionOut.optional(),
  /** The message that it goes out in with others: the same ones at every attempt. */
  bundle: z.string().optional(),
});
export type Subject = z.infer<typeof Subject>;

const Row = z.object({
  id: z.string(),
  channelId: z.string(),
  incidentId: z.string().nullable(),
  releaseId: z.string().nullable(),
  event: z.enum(NOTIFICATION_EVENTS),
  subject: Subject,
  state: z.enum(["waiting", "sent", "dead", "dropped"]),
  attempts: z.int(),
  dueAt: z.date(),
  leasedUntil: z.date().nullable(),
  lastError: z.string().nullable(),
  createdAt: z.date(),
  sentAt: z.date().nullable(),
});
/** One message to one channel. */
export type NotificationRecord = z.infer<typeof Row>;

const toRecord = (row: Notification): NotificationRecord => Row.parse(row);

/** Writes rows; one whose key is there already would tell the same twice and is left out. */
export async function writeNotifications(
  tx: Transaction,
  rows: readonly (Pick<
    NotificationRecord,
    "id" | "channelId" | "incidentId" | "releaseId" | "event" | "subject" | "dueAt"
  > & {
    dedupeKey: string;
  })[],
): Promise<void> {
  await tx.notification.createMany({ data: [...rows], skipDuplicates: true });
}

export async function findNotification(tx: Transaction, id: string): Promise<NotificationRecord | null> {
  const row = await tx.notification.findUnique({ where: { id } });
  return row && toRecord(row);
}

/** Rows by their ids, in the order in which they were written. */
export async function findNotifications(
  tx: Transaction,
  ids: readonly string[],
): Promise<NotificationRecord[]> {
  const rows = await tx.notification.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: "asc" } });
  return rows.map(toRecord);
}

/** Whether a channel is told, or has been, that an incident is over. */
export async function isToldOver(tx: Transaction, channelId: string, incidentId: string): Promise<boolean> {
  const states: NotificationState[] = ["waiting", "sent"];
  const where = { channelId, incidentId, event: "resolved", state: { in: states } };
  return (await tx.notification.count({ where })) > 0;
}

/** How channels do: what waits, what is dead, when the last message went out. */
export async function channelStates(
  tx: Transaction,
): Promise<Map<string, { waiting: number; dead: number; lastSentAt: Date | null }>> {
  const rows = await tx.$queryRaw<{ id: string; waiting: number; dead: number; last: Date | null }[]>`
    select channel_id as id, count(*) filter (where state = 'waiting')::int as waiting,
      count(*) filter (where state = 'dead')::int as dead, max(sent_at) as last
    from notifications group by channel_id`;
  return new Map(rows.map(({ id, waiting, dead, last }) => [id, { waiting, dead, lastSentAt: last }]));
}

/** Has a message sent again, on its own, with all its attempts before it. Answers whether it was dead or dropped. */
export async function wake(tx: Transaction, id: string, now: Date): Promise<boolean> {
  const count = await tx.$executeRaw`
    update notifications set state = 'waiting', attempts = 0, due_at = ${now}::timestamptz, leased_until = null,
      subject = subject - 'bundle'
    where id = ${id} and state in ('dead', 'dropped')`;
  return count > 0;
}

/**
 * Forgets what was settled before an instant, with its attempts; the timelines keep their facts. Dead ones stay until
 * somebody has them sent again, and of each channel the newest that was sent: it says when that was.
 */
export async function forgetNotifications(tx: Transaction, before: Date): Promise<number> {
  return tx.$executeRaw`
    delete from notifications old
    using (select channel_id, max(sent_at) as last from notifications group by channel_id) newest
    where old.state in ('sent', 'dropped') and old.due_at < ${before}::timestamptz
      and newest.channel_id = old.channel_id and (old.sent_at is null or old.sent_at < newest.last)`;
}

/** What a list asks for. */
interface NotificationQuery {
  state?: NotificationState | undefined;
  channel?: string | undefined;
  incident?: string | undefined;
  cursor?: string | undefined;
}

const WITH_LOG = {
  channel: { select: { id: true, name: true } },
  attemptLog: { orderBy: { id: "asc" } },
} satisfies Prisma.NotificationInclude;

/** A row with its channel's name and what came of each attempt. */
export type LoggedNotification = NotificationRecord & {
  channel: { id: string; name: string };
  attemptLog: { at: Date; outcome: string; detail: string | null }[];
};

/** A page of rows, newest first. */
export async function findNotificationPage(
  tx: Transaction,
  { state, channel, incident, cursor }: NotificationQuery,
  take: number,
): Promise<LoggedNotification[]> {
  const rows = await tx.notification.findMany({
    where: {
      ...(state === undefined ? {} : { state }),
      ...(channel === undefined ? {} : { channelId: channel }),
      ...(incident === undefined ? {} : { incidentId: incident }),
    },
    orderBy: { id: "desc" },
    include: WITH_LOG,
    take,
    ...(cursor === undefined ? {} : { cursor: { id: cursor }, skip: 1 }),
  });
  return rows.map((row) => ({ ...toRecord(row), channel: row.channel, attemptLog: row.attemptLog }));
}
