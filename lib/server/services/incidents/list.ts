import "server-only";
import { type IncidentPage, ListIncidents } from "#lib/contracts/incidents.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { findIncidentPage } from "#lib/server/db/incident.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import { toIncidents } from "./to-incident.ts";
import { incidentFilter } from "./visibility.ts";

const PAGE = 100;

/** Incidents that match, open ones first, the gravest of them on top, then the newest. @throws `invalid` */
export async function listIncidents(actor: Actor, input: unknown): Promise<IncidentPage> {
  authorize(actor, "incidents:read");
  const wanted = parseInput(ListIncidents, input);
  const visible = await incidentFilter(actor);
  return read(async (tx) => {
    const { open, past } = await findIncidentPage(tx, wanted, PAGE);
    const incidents = await toIncidents(tx, [...open, ...past].filter(visible));
    const last = past.length === PAGE ? past.at(-1) : undefined;
    return { data: { incidents }, nextCursor: last?.id ?? null };
  });
}
