import "server-only";
import type { IncidentDetail, RelatedAlert } from "#lib/contracts/incidents.ts";
import { durationsOf } from "#lib/domain/incidents/durations.ts";
import { possibleTransitions } from "#lib/domain/incidents/lifecycle.ts";
import { nameOf, summaryOf } from "#lib/server/alerts/alert-words.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import type { IncidentRecord } from "#lib/server/db/incident.repo.ts";
import { findOfIncidents, type OccurrenceRecord } from "#lib/server/db/occurrence.repo.ts";
import { courseOf } from "#lib/server/incidents/transition.ts";
import { runbookOf } from "#lib/domain/findings/firing-alerts.ts";
import { linkedSlos } from "./linked-slos.ts";
import { toIncidents } from "./to-incident.ts";

const text = (atMs: number | null | undefined) =>
  atMs === null || atMs === undefined ? null : new Date(atMs).toISOString();

function toAlert(one: OccurrenceRecord): RelatedAlert {
  return {
    source: one.source,
    fingerprint: one.fingerprint,
    name: nameOf(one),
    summary: summaryOf(one),
    labels: { ...one.labels },
    runbookUrl: runbookOf(one.annotations.runbook_url ?? one.annotations.runbook),
    startsAt: new Date(one.startsAtMs).toISOString(),
    endsAt: text(one.end?.atMs),
    endNotBefore: text(one.end?.notBeforeMs),
  };
}

/** In a storm nobody reads more than these; the counts are of all. */
const SHOWN_ALERTS = 200;

/** Those that fire, then those that ended, the newest first. */
function byUrgency(a: OccurrenceRecord, b: OccurrenceRecord): number {
  return Number(isOver(a)) - Number(isOver(b)) || b.startsAtMs - a.startsAtMs;
}

const isOver = ({ end }: OccurrenceRecord) => end !== null && end !== undefined;

/** What is told of an incident whoever looks at it. */
export type IncidentFacts = Omit<IncidentDetail, "related">;

/** An incident with all that belongs to it. */
export async function toDetail(tx: Transaction, record: IncidentRecord): Promise<IncidentFacts> {
  const [incident] = await toIncidents(tx, [record]);
  if (!incident) throw new Error("an incident got lost");
  const occurrences = await findOfIncidents(tx, [record.id]);
  const ended = occurrences.filter(isOver).length;
  const times = { ...courseOf(record), startedAtMs: record.startedAt?.getTime() ?? null };
  return {
    ...incident,
    possible: record.mergedInto === null ? possibleTransitions(courseOf(record)) : [],
    alerts: occurrences.toSorted(byUrgency).slice(0, SHOWN_ALERTS).map(toAlert),
    alertCounts: { firing: occurrences.length - ended, ended },
    slos: await linkedSlos(tx, record, occurrences),
    durations: durationsOf(times),
  };
}
