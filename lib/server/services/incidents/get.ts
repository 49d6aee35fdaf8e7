import "server-only";
import { type IncidentDetail, OneIncident } from "#lib/contracts/incidents.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { parseInput } from "#lib/server/errors.ts";
import { showIncident } from "./show.ts";

/** One incident with its alerts, SLOs and durations. @throws `not_found` */
export async function getIncident(actor: Actor, input: unknown): Promise<{ incident: IncidentDetail }> {
  authorize(actor, "incidents:read");
  const { id } = parseInput(OneIncident, input);
  return { incident: await showIncident(actor, id) };
}
