import "server-only";
import { QUIET_RESOLVES_AFTER_MS, quietSince } from "#lib/domain/incidents/follow-alerts.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { transaction } from "#lib/server/db/client.ts";
import {
  findOpenIncidents,
  type IncidentRecord,
  lockAlerts,
  lockIncident,
} from "#lib/server/db/incident.repo.ts";
import { findOfIncidents } from "#lib/server/db/occurrence.repo.ts";
import { takeTransition } from "./transition.ts";

/** When an incident was over: with its last alert, but no earlier than what people did about it. */
function endOf({ detectedAt, acknowledgedAt, mitigatedAt }: IncidentRecord, quietMs: number): Date {
  const times = [detectedAt, acknowledgedAt, mitigatedAt].map((at) => at?.getTime() ?? 0);
  return new Date(Math.max(quietMs, ...times));
}

/** Resolves incidents that alerts opened and none has fired for lately, marked as automatic. @returns how many */
export async function resolveQuiet(nowMs: number): Promise<number> {
  return transaction(async (tx) => {
    await lockAlerts(tx);
    const open = (await findOpenIncidents(tx)).filter(({ origin }) => origin === "alert");
    const alerts = Map.groupBy(
      await findOfIncidents(
        tx,
        open.map(({ id }) => id),
      ),
      ({ incidentId }) => incidentId,
    );
    const quiet: { incident: IncidentRecord; at: Date }[] = [];
    for (const { id } of open) {
      const quietMs = quietSince(alerts.get(id) ?? []);
      if (quietMs === null || nowMs - quietMs < QUIET_RESOLVES_AFTER_MS) continue;
      const incident = await lockIncident(tx, id);
      if (incident && incident.phase !== "LEARN") quiet.push({ incident, at: endOf(incident, quietMs) });
    }
    // All of them are locked before the first fact: its lock is waited for by whoever holds one of these.
    const by = { actorId: SYSTEM_ACTOR.id, automatic: true, note: null };
    for (const { incident, at } of quiet) await takeTransition(tx, incident, "resolve", { ...by, at });
    return quiet.length;
  });
}
