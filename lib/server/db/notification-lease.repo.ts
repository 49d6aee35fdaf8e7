import "server-only";
import type { ChannelKind } from "#lib/contracts/notifications.ts";
import { findChannel, type ChannelRecord } from "./channel.repo.ts";
import type { Transaction } from "./client.ts";
import { findNotifications, type NotificationRecord } from "./notification.repo.ts";

/** Rows that this sender alone may send until the lease ends: one message. */
export interface Lease {
  channel: ChannelRecord;
  rows: NotificationRecord[];
  until: Date;
}

interface LeaseTerms {
  now: Date;
  until: Date;
  /** Kinds whose channels take one row a message. */
  singles: readonly ChannelKind[];
  /** A channel of another kind rests so long after a message: what comes meanwhile goes out together. */
  restMs: number;
  most: number;
}

/** Of many that wait, so many are looked at for the next message. */
const LOOKED_AT = 500;

/** A channel with something due that nobody is sending to; locked, past those that others have. */
async function lockDueChannel(tx: Transaction, { now, singles, restMs }: LeaseTerms): Promise<string | null> {
  const rested = new Date(now.getTime() - restMs);
  const [found] = await tx.$queryRaw<{ id: string }[]>`
    with due as materialized (
      select channel_id, min(due_at) as first from notifications
      where state = 'waiting' and due_at <= ${now}::timestamptz group by channel_id)
    select c.id from channels c join due on due.channel_id = c.id
    where c.enabled
      and not exists (select 1 from notifications n
        where n.state = 'waiting' and n.channel_id = c.id and n.leased_until > ${now}::timestamptz)
      and (c.kind = any(${singles as string[]}) or not exists (select 1 from notifications n
        where n.state = 'sent' and n.due_at > ${rested}::timestamptz and n.channel_id = c.id))
    order by due.first limit 1 for no key update of c skip locked`;
  return found?.id ?? null;
}

/** The ids of the next message: what went out together before does so again, else all that was never tried. */
async function nextOf(tx: Transaction, channelId: string, now: Date, most: number): Promise<string[]> {
  const due = await tx.$queryRaw<{ id: string; attempts: number; bundle: string | null }[]>`
    select id, attempts, subject->>'bundle' as bundle from notifications
    where state = 'waiting' and channel_id = ${channelId} and due_at <= ${now}::timestamptz
      and not exists (select 1 from notifications n
        where n.state = 'waiting' and n.channel_id = ${channelId} and n.leased_until > ${now}::timestamptz)
    order by id limit ${LOOKED_AT} for update skip locked`;
  const [first] = due;
  if (!first) return [];
  if (first.bundle !== null) return due.flatMap(({ id, bundle }) => (bundle === first.bundle ? [id] : []));
  if (first.attempts > 0) return [first.id];
  const fresh = due.filter(({ attempts, bundle }) => attempts === 0 && bundle === null);
  return fresh.slice(0, most).map(({ id }) => id);
}

/**
 * Leases the next message of a channel that has one: its rows, counted as an attempt, so that one which kills its sender
 * every time comes to an end as well. Null while nothing is due.
 */
export async function leaseNext(tx: Transaction, terms: LeaseTerms): Promise<Lease | null> {
  const channelId = await lockDueChannel(tx, terms);
  const channel = channelId === null ? null : await findChannel(tx, channelId);
  if (!channel) return null;
  const most = terms.singles.includes(channel.kind) ? 1 : terms.most;
  const ids = await nextOf(tx, channel.id, terms.now, most);
  if (ids.length === 0) return null;
  const bundle = ids.length > 1 ? JSON.stringify({ bundle: ids[0] }) : "{}";
  await tx.$executeRaw`
    update notifications set leased_until = ${terms.until}::timestamptz, attempts = attempts + 1,
      subject = ${bundle}::jsonb || subject
    where id = any(${ids})`;
  return { channel, rows: await findNotifications(tx, ids), until: terms.until };
}

/** What becomes of a leased row. */
export interface Settled {
  state: "waiting" | "sent" | "dead" | "dropped";
  /** When it went out, or is tried again. */
  at: Date;
  error: string | null;
}

/** Keeps what came of rows, with a line of the log; answers those whose lease was still ours. */
export async function settleRows(
  tx: Transaction,
  ids: readonly string[],
  until: Date,
  { state, at, error }: Settled,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    update notifications set state = ${state}, due_at = ${at}::timestamptz, leased_until = null, last_error = ${error},
      sent_at = case when ${state} = 'sent' then ${at}::timestamptz else sent_at end
    where id = any(${ids as string[]}) and state = 'waiting' and leased_until = ${until}::timestamptz
    returning id`;
  const outcome = state === "waiting" ? "failed" : state;
  await tx.notificationAttempt.createMany({
    data: rows.map(({ id }) => ({ notificationId: id, outcome, detail: error })),
  });
  return rows.map(({ id }) => id);
}

/** Has everything that waits for a channel wait longer: it asked for it. */
export async function holdChannel(tx: Transaction, channelId: string, until: Date): Promise<void> {
  await tx.$executeRaw`
    update notifications set due_at = ${until}::timestamptz
    where state = 'waiting' and channel_id = ${channelId} and due_at < ${until}::timestamptz`;
}

/** Gives a lease back: nothing was tried. */
export async function giveBack(tx: Transaction, ids: readonly string[], until: Date): Promise<void> {
  await tx.$executeRaw`
    update notifications set leased_until = null, attempts = attempts - 1
    where id = any(${ids as string[]}) and state = 'waiting' and leased_until = ${until}::timestamptz`;
}
