import "server-only";
import { type EventRecord, findEventsAfter } from "#lib/server/db/incident-event.repo.ts";
import { findIncident } from "#lib/server/db/incident.repo.ts";
import { escalationTargets } from "./escalation-targets.ts";
import type { Fact, NewsSource } from "./news.ts";
import { type Told, toldOf } from "./told.ts";

interface TimelineFact extends Fact {
  event: EventRecord;
  told: Told | null;
}

function toFact(event: EventRecord): TimelineFact {
  const told = toldOf(event.body);
  return { seq: event.seq, at: event.at, of: told && event.incidentId, event, told };
}

/** What happens to incidents, from their timelines. */
export const incidentNews: NewsSource<TimelineFact> = {
  reader: "notifications",
  prefix: "",
  factsAfter: async (tx, after, take) => (await findEventsAfter(tx, after, take)).map(toFact),
  newsOf: async (tx, { event, told }, known) => {
    const incident = await findIncident(tx, event.incidentId);
    if (!incident || !told) return null;
    const { id: incidentId, severity, service } = incident;
    const { body, at, actorId } = event;
    const step =
      body.kind === "escalated"
        ? await escalationTargets(tx, { severity, nth: body.step, atMs: at.getTime() }, known)
        : null;
    const channelIds = step?.channelIds ?? [];
    return { ...told, actorId, incidentId, releaseId: null, severity, service, channelIds };
  },
};
