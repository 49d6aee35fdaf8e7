import "server-only";
import { type IncidentDetail, OneIncident } from "#lib/contracts/incidents.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { parseInput } from "#lib/server/errors.ts";
import { toDetail } from "./to-detail.ts";
import { requireIncident } from "./visibility.ts";

/** One incident with its alerts, SLOs and durations. @throws `not_found` */
export async function getIncident(actor: Actor, input: unknown): Promise<{ incident: IncidentDetail }> {
  authorize(actor, "incidents:read");
  const { id } = parseInput(OneIncident, input);
  return read(async (tx) => ({ incident: await toDetail(tx, await requireIncident(tx, id, actor)) }));
}
