import "server-only";
import { z } from "zod";
import { storable } from "#lib/domain/audit/canonical-json.ts";
import type { Occurrence, OccurrenceKey } from "#lib/domain/alerts/occurrence.ts";
import type { Transaction } from "./client.ts";
import type { AlertOccurrence, Prisma } from "./generated/client.ts";

/** An occurrence with the incident that it belongs to. */
export interface OccurrenceRecord extends Occurrence {
  incidentId: string | null;
}

const Labels = z.record(z.string(), z.string());

function toRecord(row: AlertOccurrence): OccurrenceRecord {
  const { endsAt, endNotBefore } = row;
  return {
    source: row.source,
    fingerprint: row.fingerprint,
    startsAtMs: row.startsAt.getTime(),
    labels: Labels.parse(row.labels),
    annotations: Labels.parse(row.annotations),
    generatorUrl: row.generatorUrl,
    end: endsAt && { atMs: endsAt.getTime(), notBeforeMs: endNotBefore?.getTime() ?? null },
    lastSeenMs: row.lastSeenAt.getTime(),
    incidentId: row.incidentId,
  };
}

async function find(tx: Transaction, where: Prisma.AlertOccurrenceWhereInput): Promise<OccurrenceRecord[]> {
  const rows = await tx.alertOccurrence.findMany({ where, orderBy: { startsAt: "asc" } });
  return rows.map(toRecord);
}

/** Alerts by their source and fingerprint: those occurrences that still fire, and those that began since an instant. */
export function findOfAlerts(
  tx: Transaction,
  alerts: readonly Pick<OccurrenceKey, "source" | "fingerprint">[],
  since: Date,
): Promise<OccurrenceRecord[]> {
  return find(tx, {
    source: { in: [...new Set(alerts.map(({ source }) => source))] },
    fingerprint: { in: [...new Set(alerts.map(({ fingerprint }) => fingerprint))] },
    OR: [{ endsAt: null }, { startsAt: { gte: since } }],
  });
}

/** What fires now, of one source or of all. */
export function findFiring(tx: Transaction, source?: string): Promise<OccurrenceRecord[]> {
  return find(tx, { endsAt: null, ...(source === undefined ? {} : { source }) });
}

/** Whether an alert of a name fires now. */
export async function isFiring(tx: Transaction, alertname: string): Promise<boolean> {
  const where = { endsAt: null, labels: { path: ["alertname"], equals: alertname } };
  return (await tx.alertOccurrence.count({ where })) > 0;
}

/** What fires now for some services. */
export function findFiringOfServices(
  tx: Transaction,
  services: readonly string[],
): Promise<OccurrenceRecord[]> {
  const ofAny = services.map((service) => ({ labels: { path: ["service"], equals: service } }));
  return find(tx, { endsAt: null, OR: ofAny });
}

/** The alerts of one service that began within a span. */
export function findBegunOfService(
  tx: Transaction,
  service: string,
  { from, to }: { from: Date; to: Date },
): Promise<OccurrenceRecord[]> {
  return find(tx, { labels: { path: ["service"], equals: service }, startsAt: { gte: from, lt: to } });
}

/** The alerts of some incidents. */
export function findOfIncidents(
  tx: Transaction,
  incidentIds: readonly string[],
): Promise<OccurrenceRecord[]> {
  return find(tx, { incidentId: { in: [...incidentIds] } });
}

/** The values of a label among the alerts of each incident; one whose alerts have none is not in the map. */
export async function labelValues(
  tx: Transaction,
  incidentIds: readonly string[],
  label: string,
): Promise<Map<string, string[]>> {
  const rows = await tx.$queryRaw<{ id: string; values: string[] }[]>`
    select incident_id as id, array_agg(distinct labels->>${label}) as values from alert_occurrences
    where incident_id = any(${incidentIds as string[]}) and labels->>${label} is not null group by 1`;
  return new Map(rows.map(({ id, values }) => [id, values]));
}

/** Writes occurrences, new or known, in one statement; which incident they belong to stays. */
export async function saveOccurrences(tx: Transaction, occurrences: readonly Occurrence[]): Promise<void> {
  if (occurrences.length === 0) return;
  const iso = (ms: number | null | undefined) =>
    ms === null || ms === undefined ? null : new Date(ms).toISOString();
  const rows = occurrences.map((one) => ({
    source: one.source,
    fingerprint: one.fingerprint,
    starts_at: iso(one.startsAtMs),
    labels: one.labels,
    annotations: one.annotations,
    generator_url: one.generatorUrl,
    ends_at: iso(one.end?.atMs),
    end_not_before: iso(one.end?.notBeforeMs),
    last_seen_at: iso(one.lastSeenMs),
  }));
  await tx.$executeRaw`
    insert into alert_occurrences (source, fingerprint, starts_at, labels, annotations, generator_url, ends_at,
      end_not_before, last_seen_at)
    select * from jsonb_to_recordset(${JSON.stringify(storable(rows))}::jsonb) as r(source text, fingerprint text,
      starts_at timestamptz, labels jsonb, annotations jsonb, generator_url text, ends_at timestamptz,
      end_not_before timestamptz, last_seen_at timestamptz)
    on conflict (source, fingerprint, starts_at) do update set labels = excluded.labels,
      annotations = excluded.annotations, generator_url = excluded.generator_url, ends_at = excluded.ends_at,
      end_not_before = excluded.end_not_before, last_seen_at = excluded.last_seen_at`;
}

/** Makes occurrences part of an incident. */
export async function assignOccurrences(
  tx: Transaction,
  occurrences: readonly OccurrenceKey[],
  incidentId: string,
): Promise<void> {
  const keys = occurrences.map(({ source, fingerprint, startsAtMs }) => ({
    source,
    fingerprint,
    starts_at: new Date(startsAtMs).toISOString(),
  }));
  await tx.$executeRaw`
    update alert_occurrences as o set incident_id = ${incidentId}
    from jsonb_to_recordset(${JSON.stringify(storable(keys))}::jsonb) as k(source text, fingerprint text, starts_at timestamptz)
    where o.source = k.source and o.fingerprint = k.fingerprint and o.starts_at = k.starts_at`;
}

/** Makes all alerts of an incident part of another. */
export async function moveOccurrences(tx: Transaction, from: string, into: string): Promise<void> {
  await tx.alertOccurrence.updateMany({ where: { incidentId: from }, data: { incidentId: into } });
}

/** When an alert of a name was last seen to fire, in ms by source. */
export async function lastSightings(tx: Transaction, alertname: string): Promise<Record<string, number>> {
  const rows = await tx.$queryRaw<{ source: string; at: Date }[]>`
    select source, max(last_seen_at) as at from alert_occurrences
    where labels->>'alertname' = ${alertname} group by source`;
  return Object.fromEntries(rows.map(({ source, at }) => [source, at.getTime()]));
}

/** How many alerts of each incident fire; one without is not in the map. */
export async function countFiring(
  tx: Transaction,
  incidentIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx.alertOccurrence.groupBy({
    by: ["incidentId"],
    where: { incidentId: { in: [...incidentIds] }, endsAt: null },
    _count: { _all: true },
  });
  return new Map(rows.flatMap(({ incidentId, _count }) => (incidentId ? [[incidentId, _count._all]] : [])));
}
