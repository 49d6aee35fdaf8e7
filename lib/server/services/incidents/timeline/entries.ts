import "server-only";
import type { EventBody } from "#lib/contracts/incident-events.ts";
import type { TimelineEntry } from "#lib/contracts/incidents.ts";
import { foldTimeline, type FoldedEntry, type TimelineFact } from "#lib/domain/incidents/timeline.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { type EventRecord, findEvents } from "#lib/server/db/incident-event.repo.ts";
import { findPersonNames } from "#lib/server/db/person.repo.ts";

interface Fact extends TimelineFact<EventBody> {
  record: EventRecord;
}

function toFact(record: EventRecord): Fact {
  const { seq, at, replaces, body } = record;
  const pins = body.kind === "pin" ? { of: BigInt(body.of), pinned: body.pinned } : null;
  return { seq, at, replaces, says: pins ? null : body, pins, record };
}

function toEntry(
  { first, current, versions, pinned }: FoldedEntry<Fact>,
  person: (id: string) => { id: string; name: string | null },
): TimelineEntry {
  const version = ({ record }: Fact) => ({
    seq: String(record.seq),
    at: record.at.toISOString(),
    recordedAt: record.recordedAt.toISOString(),
    by: person(record.actorId),
    body: record.body,
  });
  return {
    ...version(current),
    seq: String(first.seq),
    pinned,
    revision: versions.length,
    revisions: versions.slice(0, -1).map(version),
  };
}

/** What a timeline says, and the number of its newest fact. */
export interface ReadTimeline {
  entries: TimelineEntry[];
  head: bigint;
}

/**
 * The timeline of an incident in the order of what happened. With `after`, only entries that a fact behind that number
 * wrote, edited or pinned.
 */
export async function timelineOf(tx: Transaction, incidentId: string, after = 0n): Promise<ReadTimeline> {
  const facts = (await findEvents(tx, incidentId)).map(toFact);
  const touched = new Set(
    facts.filter(({ seq }) => seq > after).map((fact) => fact.pins?.of ?? fact.replaces ?? fact.seq),
  );
  const names = await findPersonNames(
    tx,
    facts.map(({ record }) => record.actorId),
  );
  const person = (id: string) => ({ id, name: names.get(id) ?? null });
  const entries = foldTimeline<EventBody, Fact>(facts).filter(({ first }) => touched.has(first.seq));
  return { entries: entries.map((entry) => toEntry(entry, person)), head: facts.at(-1)?.seq ?? 0n };
}
