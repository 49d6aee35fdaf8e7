import "server-only";
import type { AlertIncident } from "#lib/domain/alerts/alert-states.ts";
import type { Transaction } from "./client.ts";

/** A firing as its history shows it. */
export interface FiringRecord {
  source: string;
  startsAt: Date;
  endsAt: Date | null;
  endNotBefore: Date | null;
  incidentId: string | null;
  labels: unknown;
  annotations: unknown;
}

/** What an alert did since an instant, the newest first. */
export function findFirings(
  tx: Transaction,
  fingerprint: string,
  since: Date,
  take: number,
): Promise<FiringRecord[]> {
  return tx.alertOccurrence.findMany({
    where: { fingerprint, OR: [{ endsAt: null }, { endsAt: { gte: since } }] },
    orderBy: { startsAt: "desc" },
    take,
  });
}

/** How often each alert began to fire since an instant; one that did not is not in the map. */
export async function countFirings(tx: Transaction, since: Date): Promise<Map<string, number>> {
  const rows = await tx.alertOccurrence.groupBy({
    by: ["fingerprint"],
    where: { startsAt: { gte: since } },
    _count: { _all: true },
  });
  return new Map(rows.map(({ fingerprint, _count }) => [fingerprint, _count._all]));
}

/** Incidents by id, as alerts name them, with what decides who may see them. */
export async function findIncidentsOf(
  tx: Transaction,
  ids: readonly string[],
): Promise<Map<string, AlertIncident & { service: string | null }>> {
  const rows = await tx.incident.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, phase: true, severity: true, service: true },
  });
  // Written by our own verbs alone.
  return new Map(rows.map((row) => [row.id, row as AlertIncident & { service: string | null }]));
}
