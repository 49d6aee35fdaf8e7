import "server-only";
import { type AlertPlace, placeOf } from "#lib/domain/alerts/alert-place.ts";
import type { Occurrence } from "#lib/domain/alerts/occurrence.ts";
import { type CurrentIncident, followAlerts, type Following } from "#lib/domain/incidents/follow-alerts.ts";
import type { Severity } from "#lib/domain/incidents/severity.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { appendEvents, findEventsOfKind } from "#lib/server/db/incident-event.repo.ts";
import {
  changeIncident,
  createIncident,
  holdKey,
  type IncidentRecord,
  lockIncidentOfKey,
} from "#lib/server/db/incident.repo.ts";
import { assignOccurrences } from "#lib/server/db/occurrence.repo.ts";
import { takeTransition } from "#lib/server/incidents/transition.ts";
import { readCatalogue } from "#lib/server/services/catalogue/shared-reading.ts";
import { alertsTold, titleOf } from "./alert-words.ts";

interface Changes {
  /** Occurrences that were not known. */
  arrived: readonly Occurrence[];
  /** Occurrences of incidents that fired and do so no longer. */
  ended: readonly (Occurrence & { incidentId: string })[];
  nowMs: number;
}

interface Place {
  place: AlertPlace;
  occurrences: Occurrence[];
  tier: string | null;
}

async function places(arrived: readonly Occurrence[]): Promise<Place[]> {
  const tiers = new Map((await readCatalogue()).map(({ name, tier }) => [name, tier]));
  return [...Map.groupBy(arrived, ({ labels }) => placeOf(labels).key)].flatMap(([, occurrences]) => {
    const [first] = occurrences;
    if (!first) return [];
    const place = placeOf(first.labels);
    return [{ place, occurrences, tier: place.service === null ? null : (tiers.get(place.service) ?? null) }];
  });
}

async function currentOf(tx: Transaction, incident: IncidentRecord | null): Promise<CurrentIncident | null> {
  if (!incident) return null;
  const { id, severity, phase, resolvedAt } = incident;
  const open = phase !== "LEARN";
  const taken = open ? [] : await findEventsOfKind(tx, [id], "transition");
  const resolved = taken.findLast(({ body }) => body.transition === "resolve");
  return {
    severity,
    open,
    resolvedAtMs: resolvedAt?.getTime() ?? null,
    resolvedByHand: resolved?.body.automatic === false,
  };
}

async function open(
  tx: Transaction,
  { place, occurrences }: Place,
  { severity, detectedAtMs }: Extract<Following, { kind: "open" }>,
  nowMs: number,
): Promise<IncidentRecord> {
  const title = titleOf(occurrences);
  const { service, node, key } = place;
  // A service's troubles may be on any of its nodes.
  const about = { service, node: service === null ? node : null };
  const fields = { title, severity, ...about, phase: "DETECT", origin: "alert" } as const;
  const incident = await createIncident(tx, { ...fields, detectedAt: new Date(detectedAtMs) }, nowMs);
  await holdKey(tx, key, incident.id);
  await appendEvents(tx, [
    {
      incidentId: incident.id,
      at: new Date(detectedAtMs),
      actorId: SYSTEM_ACTOR.id,
      body: { kind: "opened", title, severity, ...alertsTold(occurrences) },
    },
  ]);
  return incident;
}

async function raise(tx: Transaction, incident: IncidentRecord, to: Severity, at: Date): Promise<void> {
  await changeIncident(tx, incident.id, { severity: to });
  const reason = "graver alerts joined";
  const body = { kind: "severity", from: incident.severity, to, reason } as const;
  await appendEvents(tx, [{ incidentId: incident.id, at, actorId: SYSTEM_ACTOR.id, body }]);
}

/** Word of an alert that fired before all others may come late. */
async function detectEarlier(tx: Transaction, incident: IncidentRecord, detectedAtMs: number): Promise<void> {
  if (detectedAtMs >= incident.detectedAt.getTime()) return;
  const to = new Date(detectedAtMs);
  await changeIncident(tx, incident.id, { detectedAt: to });
  const from = incident.detectedAt.toISOString();
  const body = { kind: "time", field: "detectedAt", from, to: to.toISOString() } as const;
  await appendEvents(tx, [{ incidentId: incident.id, at: new Date(), actorId: SYSTEM_ACTOR.id, body }]);
}

async function join(
  tx: Transaction,
  incident: IncidentRecord,
  { occurrences }: Place,
  following: Extract<Following, { kind: "join" | "reopen" }>,
  at: Date,
): Promise<void> {
  const body = { kind: "alerts_joined", ...alertsTold(occurrences) } as const;
  await appendEvents(tx, [{ incidentId: incident.id, at, actorId: SYSTEM_ACTOR.id, body }]);
  if (following.kind === "reopen") {
    await takeTransition(tx, incident, "reopen", {
      at,
      actorId: SYSTEM_ACTOR.id,
      automatic: true,
      note: null,
    });
  }
  if (following.raiseTo) await raise(tx, incident, following.raiseTo, at);
  if (incident.origin === "alert") await detectEarlier(tx, incident, following.detectedAtMs);
}

async function followPlace(tx: Transaction, arrivals: Place, nowMs: number): Promise<void> {
  const current = await lockIncidentOfKey(tx, arrivals.place.key);
  const following = followAlerts(await currentOf(tx, current), arrivals, nowMs);
  if (following.kind === "none") return;
  const at = new Date(nowMs);
  if (following.kind === "open") {
    const { id } = await open(tx, arrivals, following, nowMs);
    await assignOccurrences(tx, arrivals.occurrences, id);
  } else if (current) {
    await join(tx, current, arrivals, following, at);
    await assignOccurrences(tx, arrivals.occurrences, current.id);
  }
}

/** Has incidents follow what changed about alerts: opened, joined, raised, opened again. */
export async function followAll(tx: Transaction, { arrived, ended, nowMs }: Changes): Promise<void> {
  const all = await places(arrived);
  // All of them before the first fact: its lock is waited for by whoever holds one of these.
  for (const { place } of all) await lockIncidentOfKey(tx, place.key);
  for (const place of all) await followPlace(tx, place, nowMs);
  const at = new Date(nowMs);
  const byIncident = Map.groupBy(ended, ({ incidentId }) => incidentId);
  await appendEvents(
    tx,
    [...byIncident].map(([incidentId, occurrences]) => ({
      incidentId,
      at,
      actorId: SYSTEM_ACTOR.id,
      body: { kind: "alerts_ended" as const, ...alertsTold(occurrences) },
    })),
  );
}
