import "server-only";
import type { IncidentDetail } from "#lib/contracts/incidents.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { read } from "#lib/server/db/client.ts";
import { relatedIncidents } from "./related.ts";
import { toDetail } from "./to-detail.ts";
import { incidentFilter, requireIncident } from "./visibility.ts";

/** One incident as an actor sees it. @throws `not_found` */
export async function showIncident(actor: Actor, id: string): Promise<IncidentDetail> {
  const visible = await incidentFilter(actor);
  return read(async (tx) => {
    const record = await requireIncident(tx, id, actor);
    return { ...(await toDetail(tx, record)), related: await relatedIncidents(tx, record, visible) };
  });
}
