import "server-only";
import { CreateIncident, type IncidentDetail } from "#lib/contracts/incidents.ts";
import { placeOf } from "#lib/domain/alerts/alert-place.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { type Transaction, transaction } from "#lib/server/db/client.ts";
import { appendEvents } from "#lib/server/db/incident-event.repo.ts";
import {
  createIncident,
  holdKey,
  type IncidentRecord,
  lockAlerts,
  lockIncidentOfKey,
} from "#lib/server/db/incident.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { showIncident } from "./show.ts";
import { incidentFilter } from "./visibility.ts";

/** The key of what an incident is about; one about nothing in particular has none. */
function keyOf({ service, node }: CreateIncident): string | null {
  if (service === null && node === null) return null;
  return placeOf({ ...(service === null ? {} : { service }), ...(node === null ? {} : { node }) }).key;
}

async function refuseSecond(tx: Transaction, key: string): Promise<void> {
  const held = await lockIncidentOfKey(tx, key);
  if (held && held.phase !== "LEARN")
    throw new AppError("conflict", `${held.id} is open for it already`, { current: { id: held.id } });
}

async function open(tx: Transaction, actor: Actor, input: CreateIncident): Promise<IncidentRecord> {
  const { title, severity, service, node } = input;
  const now = new Date();
  const startedAt = input.startedAt === null ? null : new Date(input.startedAt);
  const fields = { title, severity, service, node, startedAt, phase: "DETECT", origin: "manual" } as const;
  const incident = await createIncident(tx, { ...fields, detectedAt: now }, now.getTime());
  const key = keyOf(input);
  if (key !== null) await holdKey(tx, key, incident.id);
  const body = { kind: "opened", title, severity, count: 0, alerts: [] } as const;
  await appendEvents(tx, [
    { incidentId: incident.id, at: now, actorId: actor.id, body: { ...body, alerts: [] } },
  ]);
  return incident;
}

/**
 * Opens an incident by hand; alerts of the same service or node belong to it from then on.
 * @throws `invalid`, `conflict` naming the incident that is open for it already
 */
export async function openIncident(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<{ incident: IncidentDetail }> {
  authorize(actor, "incidents:write");
  const wanted = parseInput(CreateIncident, input);
  if (wanted.startedAt !== null && Date.parse(wanted.startedAt) > Date.now())
    throw new AppError("invalid", "startedAt: lies in the future", {
      fields: [{ path: "startedAt", message: "lies in the future" }],
    });
  if (!(await incidentFilter(actor))(wanted))
    throw new AppError("forbidden", "you may open incidents of the services that you see");
  const id = await transaction(async (tx) => {
    await lockAlerts(tx);
    const key = keyOf(wanted);
    if (key !== null) await refuseSecond(tx, key);
    const incident = await open(tx, actor, wanted);
    await recordAudit(tx, actor, caller, {
      action: "incident.opened",
      resource: { type: "incident", id: incident.id },
      after: { title: wanted.title, severity: wanted.severity },
    });
    return incident.id;
  });
  return { incident: await showIncident(actor, id) };
}
