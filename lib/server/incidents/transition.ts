import "server-only";
import { type Course, take, type Transition } from "#lib/domain/incidents/lifecycle.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { appendEvents } from "#lib/server/db/incident-event.repo.ts";
import {
  changeIncident,
  holdFreeKeys,
  type IncidentRecord,
  releaseKeys,
} from "#lib/server/db/incident.repo.ts";

const ms = (at: Date | null) => at?.getTime() ?? null;
const date = (atMs: number | null) => (atMs === null ? null : new Date(atMs));

/** The part of an incident that transitions read. */
export function courseOf(incident: IncidentRecord): Course {
  return {
    phase: incident.phase,
    detectedAtMs: incident.detectedAt.getTime(),
    acknowledgedAtMs: ms(incident.acknowledgedAt),
    mitigatedAtMs: ms(incident.mitigatedAt),
    resolvedAtMs: ms(incident.resolvedAt),
    closedAtMs: ms(incident.closedAt),
  };
}

/**
 * Takes a transition of a locked incident, with its fact on the timeline. One that is over frees its keys; one that is
 * opened again holds them where nobody else does by now. @throws RangeError when it is out of turn
 */
export async function takeTransition(
  tx: Transaction,
  incident: IncidentRecord,
  transition: Transition,
  by: { at: Date; actorId: string; automatic: boolean; note: string | null },
): Promise<IncidentRecord> {
  const after = take(courseOf(incident), transition, by.at.getTime());
  const changed = await changeIncident(tx, incident.id, {
    phase: after.phase,
    acknowledgedAt: date(after.acknowledgedAtMs),
    mitigatedAt: date(after.mitigatedAtMs),
    resolvedAt: date(after.resolvedAtMs),
    closedAt: date(after.closedAtMs),
    ...(transition === "reopen" ? { escalations: 0 } : {}),
  });
  if (transition === "resolve") await releaseKeys(tx, incident.id);
  if (transition === "reopen") await holdFreeKeys(tx, incident.id);
  const { automatic, note } = by;
  const body = {
    kind: "transition",
    transition,
    from: incident.phase,
    to: after.phase,
    automatic,
    note,
  } as const;
  await appendEvents(tx, [{ incidentId: incident.id, at: by.at, actorId: by.actorId, body }]);
  return changed;
}
