import "server-only";
import type { Incident } from "#lib/contracts/incidents.ts";
import { clockBeganMs, respondByMs } from "#lib/domain/incidents/response-clock.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import type { IncidentRecord } from "#lib/server/db/incident.repo.ts";
import { countFiring } from "#lib/server/db/occurrence.repo.ts";
import { findPersonNames } from "#lib/server/db/person.repo.ts";
import { findClockTimes } from "#lib/server/db/policy.repo.ts";

const text = (at: Date | null) => at?.toISOString() ?? null;

const waits = ({ acknowledgedAt, phase }: IncidentRecord) => acknowledgedAt === null && phase === "DETECT";

/** When those that wait for somebody have to be acknowledged by, by id. */
async function respondBy(tx: Transaction, records: readonly IncidentRecord[]): Promise<Map<string, string>> {
  const waiting = records.filter(waits);
  if (waiting.length === 0) return new Map();
  const clocks = await findClockTimes(
    tx,
    waiting.map(({ id }) => id),
  );
  return new Map(
    waiting.map(({ id, severity, detectedAt }) => {
      const beganMs = clockBeganMs(detectedAt.getTime(), clocks.get(id)?.reopenedMs ?? null);
      return [id, new Date(respondByMs(severity, beganMs)).toISOString()];
    }),
  );
}

/** Incidents as callers see them: with the names of those who are still known. */
export async function toIncidents(tx: Transaction, records: readonly IncidentRecord[]): Promise<Incident[]> {
  const people = records.flatMap((one) => [one.commanderId, one.communicationsId, one.scribeId]);
  const names = await findPersonNames(
    tx,
    people.filter((id) => id !== null),
  );
  const firing = await countFiring(
    tx,
    records.map(({ id }) => id),
  );
  const respondByOf = await respondBy(tx, records);
  const person = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? null });
  return records.map((one) => ({
    id: one.id,
    title: one.title,
    severity: one.severity,
    phase: one.phase,
    open: one.phase !== "LEARN",
    origin: one.origin,
    service: one.service,
    node: one.node,
    startedAt: text(one.startedAt),
    detectedAt: one.detectedAt.toISOString(),
    acknowledgedAt: text(one.acknowledgedAt),
    mitigatedAt: text(one.mitigatedAt),
    resolvedAt: text(one.resolvedAt),
    closedAt: text(one.closedAt),
    roles: {
      commander: person(one.commanderId),
      communications: person(one.communicationsId),
      scribe: person(one.scribeId),
    },
    mergedInto: one.mergedInto,
    respondBy: respondByOf.get(one.id) ?? null,
    firingAlerts: firing.get(one.id) ?? 0,
    escalations: one.escalations,
    version: one.version,
  }));
}
