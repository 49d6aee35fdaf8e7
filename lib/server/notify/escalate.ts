import "server-only";
import { clockBeganMs } from "#lib/domain/incidents/response-clock.ts";
import { nextStepMs } from "#lib/domain/on-call/escalation.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { findChannels } from "#lib/server/db/channel.repo.ts";
import { read, type Transaction, transaction } from "#lib/server/db/client.ts";
import { appendEvents } from "#lib/server/db/incident-event.repo.ts";
import {
  changeIncident,
  findOpenIncidents,
  type IncidentRecord,
  lockIncident,
} from "#lib/server/db/incident.repo.ts";
import { findPersonNames } from "#lib/server/db/person.repo.ts";
import { findClockTimes } from "#lib/server/db/policy.repo.ts";
import { escalationTargets } from "./escalation-targets.ts";
import { policyInForce } from "./policy.ts";

const waits = ({ phase, mergedInto }: IncidentRecord) => phase === "DETECT" && mergedInto === null;

/** When an incident that nobody has acknowledged escalates next, in ms; null for never. */
async function dueMs(tx: Transaction, incident: IncidentRecord): Promise<number | null> {
  const times = (await findClockTimes(tx, [incident.id])).get(incident.id);
  const { document } = await policyInForce(tx, "escalation");
  return nextStepMs(document, {
    severity: incident.severity,
    sinceMs: clockBeganMs(incident.detectedAt.getTime(), times?.reopenedMs ?? null),
    escalations: incident.escalations,
    lastEscalatedMs: times?.escalatedMs ?? null,
  });
}

async function escalate(tx: Transaction, incident: IncidentRecord, nowMs: number): Promise<void> {
  const step = incident.escalations + 1;
  const channels = await findChannels(tx);
  const known = channels.filter(({ enabled }) => enabled).map(({ id }) => id);
  const targets = await escalationTargets(tx, { severity: incident.severity, nth: step, atMs: nowMs }, known);
  const names = await findPersonNames(tx, targets.personIds);
  const to = [
    ...targets.personIds.map((id) => names.get(id) ?? id),
    ...channels.flatMap(({ id, name }) => (targets.channelIds.includes(id) ? [name] : [])),
  ];
  const reason = `${incident.severity} is not acknowledged in time`;
  await changeIncident(tx, incident.id, { escalations: step });
  await appendEvents(tx, [
    {
      incidentId: incident.id,
      at: new Date(nowMs),
      actorId: SYSTEM_ACTOR.id,
      body: { kind: "escalated", step, to, reason },
    },
  ]);
}

/**
 * Takes the next step of every incident whose response clock has passed: once each, for the counter is read and moved
 * while the incident is locked. @returns how many steps
 */
export async function escalateDue(nowMs: number): Promise<number> {
  const waiting = (await read(findOpenIncidents)).filter(waits);
  let steps = 0;
  for (const seen of waiting) {
    const firstLook = await read((tx) => dueMs(tx, seen));
    if (firstLook === null || firstLook > nowMs) continue;
    steps += await transaction(async (tx) => {
      const incident = await lockIncident(tx, seen.id);
      if (!incident || !waits(incident)) return 0;
      const due = await dueMs(tx, incident);
      if (due === null || due > nowMs) return 0;
      await escalate(tx, incident, nowMs);
      return 1;
    });
  }
  return steps;
}
