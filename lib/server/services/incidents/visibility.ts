import "server-only";
import type { Actor } from "#lib/server/auth/actor.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findIncident, type IncidentRecord, lockIncident } from "#lib/server/db/incident.repo.ts";
import { AppError } from "#lib/server/errors.ts";
import { sloFilter } from "#lib/server/services/slos/visibility.ts";

/** Which incidents an actor may see: whoever is confined, those of services that they may see whole. */
export function incidentFilter(
  actor: Actor,
): Promise<(incident: Pick<IncidentRecord, "service">) => boolean> {
  return sloFilter(actor);
}

function unknown(id: string): AppError {
  return new AppError("not_found", `there is no incident with the id ${JSON.stringify(id)}`);
}

/** One incident that the actor may see. @throws `not_found`, in the same words for what is out of sight */
export async function requireIncident(tx: Transaction, id: string, actor: Actor): Promise<IncidentRecord> {
  const incident = await findIncident(tx, id);
  if (!incident || !(await incidentFilter(actor))(incident)) throw unknown(id);
  return incident;
}

/** The same, locked until the transaction ends. @throws `not_found`, and `conflict` for one that is part of another */
export async function requireOwnCourse(tx: Transaction, id: string, actor: Actor): Promise<IncidentRecord> {
  const incident = await lockIncident(tx, id);
  if (!incident || !(await incidentFilter(actor))(incident)) throw unknown(id);
  if (incident.mergedInto !== null)
    throw new AppError("conflict", `${id} is part of ${incident.mergedInto}: change that one`);
  return incident;
}
