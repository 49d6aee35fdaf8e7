import "server-only";
import { untoldDeploys } from "#lib/domain/incidents/untold-deploys.ts";
import { readDeploys, runningVersions, type VersionChange } from "#lib/domain/signals/build-info.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { read, type Transaction, transaction } from "#lib/server/db/client.ts";
import { appendEvents, findEventsOfKind } from "#lib/server/db/incident-event.repo.ts";
import { findDuring } from "#lib/server/db/incident-span.repo.ts";
import { type IncidentRecord, lockIncident } from "#lib/server/db/incident.repo.ts";
import type { Job } from "#lib/server/jobs/repeat.ts";
import { queryPlane } from "#lib/server/query/plane.ts";
import { sourcesOf } from "#lib/server/query/sources.ts";

const EVERY_MS = 60_000;
const STEP_SECONDS = 60;
/** What was deployed so long before detection may be the cause. */
const BEFORE_MS = 2 * 3_600_000;
/** Of an incident that lasts, what is older was told by looks before. */
const LOOK_BACK_MS = 24 * 3_600_000;
/** Versions show a while after they run; one deployed at the very end is told then. */
const LATE_MS = 10 * 60_000;
const MOST_TEXT = 200;

function spanOf({ detectedAt, resolvedAt }: IncidentRecord, nowMs: number): { fromMs: number; toMs: number } {
  const fromMs = Math.max(detectedAt.getTime() - BEFORE_MS, nowMs - LOOK_BACK_MS);
  return { fromMs, toMs: resolvedAt?.getTime() ?? nowMs };
}

async function untold(
  tx: Transaction,
  incident: IncidentRecord,
  changes: readonly VersionChange[],
  nowMs: number,
): Promise<VersionChange[]> {
  const { fromMs, toMs } = spanOf(incident, nowMs);
  const own = changes.filter(
    ({ service, atMs }) => service === incident.service && atMs >= fromMs && atMs <= toMs,
  );
  if (own.length === 0) return [];
  const told = (await findEventsOfKind(tx, [incident.id], "deploy")).filter(
    ({ body }) => body.service === incident.service,
  );
  return untoldDeploys(
    own,
    told.map(({ at, body }) => ({ version: body.version, atMs: at.getTime() })),
  );
}

async function tell(id: string, changes: readonly VersionChange[], nowMs: number): Promise<number> {
  return transaction(async (tx) => {
    const incident = await lockIncident(tx, id);
    const fresh = incident ? await untold(tx, incident, changes, nowMs) : [];
    await appendEvents(
      tx,
      fresh.map(({ service, version, previous, atMs }) => ({
        incidentId: id,
        at: new Date(atMs),
        actorId: SYSTEM_ACTOR.id,
        body: {
          kind: "deploy",
          service,
          version,
          text: previous === null ? "" : `was ${previous.slice(0, MOST_TEXT)}`,
        },
      })),
    );
    return fresh.length;
  });
}

/**
 * Tells the timelines of incidents which versions of their services came from two hours before detection until the end,
 * each once: what was told is read while the incident is locked. @returns how many facts
 */
export async function tellDeploys(nowMs: number, signal: AbortSignal): Promise<number> {
  if (sourcesOf("prometheus").length === 0) return 0;
  const [since, until] = [new Date(nowMs - LATE_MS), new Date(nowMs + 1)];
  const incidents = (await read((tx) => findDuring(tx, since, until))).filter(
    ({ service }) => service !== null,
  );
  if (incidents.length === 0) return 0;
  const fromMs = Math.min(...incidents.map((one) => spanOf(one, nowMs).fromMs));
  const query = { expr: runningVersions(null), fromMs, toMs: nowMs, stepSeconds: STEP_SECONDS };
  const { data } = await queryPlane().range({ actor: SYSTEM_ACTOR, signal }, query);
  const changes = readDeploys(data).map((one) => ({ ...one, version: one.version.slice(0, MOST_TEXT) }));
  let told = 0;
  for (const incident of incidents) {
    const fresh = await read((tx) => untold(tx, incident, changes, nowMs));
    if (fresh.length > 0) told += await tell(incident.id, changes, nowMs);
  }
  return told;
}

/** The job behind {@link tellDeploys}; every replica may run it. */
export function deploysJob(): Job {
  return {
    name: "deploys of incidents",
    retryMs: EVERY_MS,
    run: async (signal) => {
      await tellDeploys(Date.now(), signal);
      return EVERY_MS;
    },
  };
}
