import "server-only";
import type { Severity } from "#lib/domain/incidents/severity.ts";
import type { Transaction } from "./client.ts";
import type { IncidentRecord } from "./incident.repo.ts";

/** What metrics are asked of. */
export interface DetectedQuery {
  from: Date;
  to: Date;
  service?: string | undefined;
  severity?: Severity | undefined;
}

/** Incidents that were detected within a span, `to` not included, oldest first; what was merged is told by its other. */
export async function findDetected(
  tx: Transaction,
  { from, to, service, severity }: DetectedQuery,
): Promise<IncidentRecord[]> {
  const rows = await tx.incident.findMany({
    where: {
      mergedInto: null,
      detectedAt: { gte: from, lt: to },
      ...(service === undefined ? {} : { service }),
      ...(severity === undefined ? {} : { severity }),
    },
    orderBy: [{ detectedAt: "asc" }, { id: "asc" }],
  });
  return rows as IncidentRecord[];
}

/** Incidents whose impact, or what is known of it, touched a span; oldest first. */
export async function findDuring(tx: Transaction, from: Date, to: Date): Promise<IncidentRecord[]> {
  const rows = await tx.incident.findMany({
    where: {
      mergedInto: null,
      AND: [
        { OR: [{ startedAt: { lt: to } }, { startedAt: null, detectedAt: { lt: to } }] },
        { OR: [{ resolvedAt: null }, { resolvedAt: { gte: from } }] },
      ],
    },
    orderBy: [{ detectedAt: "asc" }, { id: "asc" }],
  });
  return rows as IncidentRecord[];
}

/**
 * Incidents that alerts opened since an instant and nobody has said anything of when their impact began: neither
 * Burnline nor a person who has set it, or cleared it again.
 */
export async function findUnstarted(tx: Transaction, since: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select i.id from incidents i
    where i.started_at is null and i.merged_into is null and i.origin = 'alert' and i.detected_at >= ${since}::timestamptz
      and not exists (
        select 1 from incident_events e
        where e.incident_id = i.id and e.kind = 'time' and e.body ->> 'field' = 'startedAt')
    order by i.detected_at`;
  return rows.map(({ id }) => id);
}
