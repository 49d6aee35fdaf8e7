import "server-only";
import { backoffMs, MAX_ATTEMPTS } from "#lib/domain/notifications/backoff.ts";
import {
  type IncidentNotification,
  isReleaseNotification,
  type ReleaseNotification,
} from "#lib/domain/notifications/event.ts";
import { noLongerTrue, releaseNoLongerTrue } from "#lib/domain/notifications/still-true.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { read, type Transaction, transaction } from "#lib/server/db/client.ts";
import { appendEvents } from "#lib/server/db/incident-event.repo.ts";
import { findIncident, lockIncident } from "#lib/server/db/incident.repo.ts";
import {
  giveBack,
  holdChannel,
  type Lease,
  leaseNext,
  type Settled,
  settleRows,
} from "#lib/server/db/notification-lease.repo.ts";
import { isToldOver, type NotificationRecord } from "#lib/server/db/notification.repo.ts";
import { findRelease } from "#lib/server/db/release.repo.ts";
import { AppError } from "#lib/server/errors.ts";
import { type Outbound, outbound } from "#lib/server/outbound/fetch.ts";
import type { Delivery } from "./channel.ts";
import { composeMessage, type Tellable } from "./compose.ts";
import { deliver, SINGLE_KINDS } from "./registry.ts";

/** Longer than sending takes at most, with all calls of a channel and keeping what came of it. */
const LEASE_MS = 60_000;
const REST_MS = 3_000;
const MOST_IN_ONE = 50;

/** A row that is not sent, and why. */
interface Overtaken {
  row: NotificationRecord;
  why: string;
}

type Judged = { tellable: Tellable } | { why: string };

async function judgeIncident(
  tx: Transaction,
  row: NotificationRecord,
  event: IncidentNotification,
  channelId: string,
): Promise<Judged> {
  const incident = row.incidentId === null ? null : await findIncident(tx, row.incidentId);
  if (!incident) return { why: "there is no such incident any more" };
  const why = noLongerTrue(event, incident, await isToldOver(tx, channelId, incident.id));
  return why === null ? { tellable: { row, incident } } : { why };
}

async function judgeRelease(
  tx: Transaction,
  row: NotificationRecord,
  event: ReleaseNotification,
): Promise<Judged> {
  const { version } = row.subject;
  if (version !== undefined) return { tellable: { row, version } };
  const release = row.releaseId === null ? null : await findRelease(tx, row.releaseId);
  if (!release) return { why: "there is no such release any more" };
  const why = releaseNoLongerTrue(event, release.state);
  return why === null ? { tellable: { row, release } } : { why };
}

async function judge(
  tx: Transaction,
  { channel, rows }: Lease,
): Promise<{ tellable: Tellable[]; overtaken: Overtaken[] }> {
  const tellable: Tellable[] = [];
  const overtaken: Overtaken[] = [];
  for (const row of rows) {
    const { event } = row;
    const judged = isReleaseNotification(event)
      ? await judgeRelease(tx, row, event)
      : await judgeIncident(tx, row, event, channel.id);
    if ("tellable" in judged) tellable.push(judged.tellable);
    else overtaken.push({ row, why: judged.why });
  }
  return { tellable, overtaken };
}

/** Keeps what came of rows; what is settled for good is a fact of each incident's timeline. */
async function settle(
  { channel, until }: Lease,
  rows: readonly NotificationRecord[],
  settled: Settled,
): Promise<void> {
  const byIncident = Map.groupBy(rows, ({ incidentId }) => incidentId);
  for (const [incidentId, ofOne] of byIncident) {
    await transaction(async (tx) => {
      // Before the timeline, as everywhere: whoever has the incident waits for the timeline.
      if (incidentId !== null) await lockIncident(tx, incidentId);
      const ids = ofOne.map(({ id }) => id);
      const ours = new Set(await settleRows(tx, ids, until, settled));
      const { state, at, error } = settled;
      if (incidentId === null || state === "waiting") return;
      const facts = ofOne.filter(({ id }) => ours.has(id));
      await appendEvents(
        tx,
        facts.map(({ event }) => ({
          incidentId,
          at,
          actorId: SYSTEM_ACTOR.id,
          body: { kind: "notification", channel: channel.name, event, outcome: state, detail: error },
        })),
      );
    });
  }
}

/** What becomes of a row after an attempt. */
function settledBy(delivery: Delivery, attempts: number, now: Date): Settled {
  switch (delivery.outcome) {
    case "sent":
      return { state: "sent", at: now, error: null };
    case "dead":
    case "dropped":
      return { state: delivery.outcome, at: now, error: delivery.detail };
    case "again": {
      const { detail, afterMs } = delivery;
      if (attempts >= MAX_ATTEMPTS)
        return { state: "dead", at: now, error: `${attempts} attempts: ${detail}` };
      const waitMs = Math.max(afterMs ?? 0, backoffMs(attempts, Math.random()));
      return { state: "waiting", at: new Date(now.getTime() + waitMs), error: detail };
    }
  }
}

async function sendLeased(lease: Lease, way: Outbound, signal: AbortSignal): Promise<void> {
  const { tellable, overtaken } = await read((tx) => judge(tx, lease));
  for (const { row, why } of overtaken)
    await settle(lease, [row], { state: "dropped", at: new Date(), error: why });
  const [first, ...others] = tellable;
  if (!first) return;
  const message = await read((tx) => composeMessage(tx, [first, ...others]));
  const delivery = await deliver(lease.channel, message, { way, signal, nowMs: Date.now() });
  const now = new Date();
  const settled = settledBy(delivery, Math.max(...tellable.map(({ row }) => row.attempts)), now);
  if (delivery.outcome === "again" && delivery.afterMs !== null)
    await transaction((tx) => holdChannel(tx, lease.channel.id, settled.at));
  await settle(
    lease,
    tellable.map(({ row }) => row),
    settled,
  );
}

/**
 * Sends the next message that is due, if there is one: leased first, so that no other sender has it, and settled after
 * the answer. A crash between the two sends it once more, under the same key.
 * @returns whether there was one
 */
export async function sendNext(signal: AbortSignal, way: Outbound = outbound()): Promise<boolean> {
  const nowMs = Date.now();
  const terms = {
    now: new Date(nowMs),
    until: new Date(nowMs + LEASE_MS),
    singles: SINGLE_KINDS,
    restMs: REST_MS,
    most: MOST_IN_ONE,
  };
  const lease = await transaction((tx) => leaseNext(tx, terms));
  if (!lease) return false;
  try {
    await sendLeased(lease, way, signal);
  } catch (error) {
    if (!(error instanceof AppError && error.code === "cancelled")) throw error;
    const ids = lease.rows.map(({ id }) => id);
    await transaction((tx) => giveBack(tx, ids, lease.until));
  }
  return true;
}
