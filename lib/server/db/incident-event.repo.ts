import "server-only";
import { EventBody, type EventKind } from "#lib/contracts/incident-events.ts";
import { storable } from "#lib/domain/audit/canonical-json.ts";
import type { Transaction } from "./client.ts";

/** One fact on the timeline of an incident. */
export interface EventRecord {
  seq: bigint;
  incidentId: string;
  at: Date;
  recordedAt: Date;
  actorId: string;
  body: EventBody;
  replaces: bigint | null;
}

interface AppendEvent {
  incidentId: string;
  at: Date;
  actorId: string;
  body: EventBody;
  replaces?: bigint;
}

/** Any fixed number: whoever appends holds it until the transaction ends, so that a reader misses no lower number. */
const TIMELINE_LOCK = 727_503;
/** What PostgreSQL tells listeners of; the payload is the incident and the number. */
export const TIMELINE_TOPIC = "burnline_timeline";

/** Appends facts to timelines and tells whoever listens, once the transaction is through. */
export async function appendEvents(tx: Transaction, events: readonly AppendEvent[]): Promise<bigint[]> {
  if (events.length === 0) return [];
  await tx.$executeRaw`select pg_advisory_xact_lock(${TIMELINE_LOCK}::bigint)`;
  const seqs: bigint[] = [];
  for (const { incidentId, at, actorId, body, replaces } of events) {
    const json = JSON.stringify(storable(body));
    const [row] = await tx.$queryRaw<{ seq: bigint }[]>`
      insert into incident_events (incident_id, at, actor_id, kind, body, replaces)
      values (${incidentId}, ${at}::timestamptz, ${actorId}, ${body.kind}, ${json}::jsonb, ${replaces ?? null}::bigint)
      returning seq`;
    if (!row) throw new Error("an event was not written");
    seqs.push(row.seq);
    await tx.$executeRaw`select pg_notify(${TIMELINE_TOPIC}, ${`${incidentId} ${row.seq}`})`;
  }
  return seqs;
}

const toRecord = (row: Omit<EventRecord, "body"> & { body: unknown }): EventRecord => ({
  ...row,
  body: EventBody.parse(row.body),
});

/** The facts of an incident after a number, in the order they were written down. */
export async function findEvents(tx: Transaction, incidentId: string, after = 0n): Promise<EventRecord[]> {
  const rows = await tx.incidentEvent.findMany({
    where: { incidentId, seq: { gt: after } },
    orderBy: { seq: "asc" },
  });
  return rows.map(toRecord);
}

/** The facts of one kind of some incidents, in the order they were written down. */
export async function findEventsOfKind<K extends EventKind>(
  tx: Transaction,
  incidentIds: readonly string[],
  kind: K,
): Promise<(EventRecord & { body: Extract<EventBody, { kind: K }> })[]> {
  const where = { incidentId: { in: [...incidentIds] }, kind };
  const rows = await tx.incidentEvent.findMany({ where, orderBy: { seq: "asc" } });
  return rows.map((row) => toRecord(row) as EventRecord & { body: Extract<EventBody, { kind: K }> });
}

/** The facts of all incidents after a number, for readers that follow along. */
export async function findEventsAfter(tx: Transaction, after: bigint, take: number): Promise<EventRecord[]> {
  const rows = await tx.incidentEvent.findMany({
    where: { seq: { gt: after } },
    orderBy: { seq: "asc" },
    take,
  });
  return rows.map(toRecord);
}

/** The number of the newest fact; 0 while there is none. */
export async function newestEvent(tx: Transaction): Promise<bigint> {
  const row = await tx.incidentEvent.findFirst({ orderBy: { seq: "desc" }, select: { seq: true } });
  return row?.seq ?? 0n;
}
