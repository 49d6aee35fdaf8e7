import "server-only";
import type { Occurrence } from "#lib/domain/alerts/occurrence.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { transaction } from "#lib/server/db/client.ts";
import { lockAlerts } from "#lib/server/db/incident.repo.ts";
import { findFiring } from "#lib/server/db/occurrence.repo.ts";
import type { SourceSettings } from "#lib/server/env.ts";
import { getAlerts, getStartedAtMs } from "#lib/server/query/alertmanager/client.ts";
import { QUERY_LIMITS } from "#lib/server/query/limits.ts";
import { queryPlane } from "#lib/server/query/plane.ts";
import { sourcesOf } from "#lib/server/query/sources.ts";
import type { SourceAlert } from "#lib/server/query/types.ts";
import { sourceGuard } from "#lib/server/query/upstream-guard.ts";
import { takeIn } from "./take-in.ts";

/** Senders tell a new Alertmanager of what fires within a minute or so; until then absence means nothing. */
const SETTLED_AFTER_MS = 180_000;

/** What an Alertmanager says now. */
interface Sighting {
  alerts: SourceAlert[];
  startedAtMs: number;
}

async function look(source: SourceSettings, signal: AbortSignal): Promise<Sighting> {
  return sourceGuard(source)(async (guarded) => {
    const call = { source, signal: guarded, limits: QUERY_LIMITS };
    const [alerts, startedAtMs] = await Promise.all([getAlerts(call), getStartedAtMs(call)]);
    return { alerts: alerts.data, startedAtMs };
  }, signal);
}

/** The fingerprints of what fires by the rules of every Prometheus; null where one of them does not answer. */
async function firingByRules(signal: AbortSignal): Promise<Set<string> | null> {
  const context = { actor: SYSTEM_ACTOR, signal };
  try {
    const answers = await Promise.all(
      sourcesOf("prometheus").map(({ name }) => queryPlane().ruleAlerts(context, { source: name })),
    );
    if (answers.some(({ stale }) => stale)) return null;
    return new Set(answers.flatMap(({ data }) => data.map(({ fingerprint }) => fingerprint)));
  } catch {
    return null;
  }
}

const startOf = (alert: SourceAlert) => Date.parse(alert.startedAt);

function sightings(
  source: string,
  alerts: readonly SourceAlert[],
  known: readonly Occurrence[],
  nowMs: number,
): Occurrence[] {
  const isKnown = new Set(known.map(({ fingerprint, startsAtMs }) => `${fingerprint}/${startsAtMs}`));
  return (
    alerts
      // Nobody is to be woken by what is silenced or inhibited; what fired before that goes on firing.
      .filter((one) => one.state === "firing" || isKnown.has(`${one.fingerprint}/${startOf(one)}`))
      .map((one) => ({
        source,
        fingerprint: one.fingerprint,
        startsAtMs: startOf(one),
        labels: one.labels,
        annotations: one.annotations,
        generatorUrl: null,
        end: null,
        lastSeenMs: nowMs,
      }))
  );
}

/** Those that nobody holds to be firing any more: they ended between their last sighting and now. */
function absences(
  known: readonly Occurrence[],
  alerts: readonly SourceAlert[],
  byRules: ReadonlySet<string>,
  nowMs: number,
): Occurrence[] {
  const listed = new Set(alerts.map(({ fingerprint }) => fingerprint));
  return known
    .filter(({ fingerprint }) => !listed.has(fingerprint) && !byRules.has(fingerprint))
    .map((one) => ({ ...one, end: { atMs: nowMs, notBeforeMs: one.lastSeenMs } }));
}

/**
 * Sets what we hold to be firing right by what an Alertmanager and the rules say: closes what no webhook ever resolved
 * (silenced, inhibited, lost) as inferred, takes in what no webhook told. Out of reach, nothing changes.
 * @returns whether it answered
 */
export async function reconcile(source: SourceSettings, signal: AbortSignal): Promise<boolean> {
  const [sighting, byRules] = await Promise.all([
    look(source, signal).catch(() => null),
    firingByRules(signal),
  ]);
  if (sighting === null) return false;
  await transaction(async (tx) => {
    await lockAlerts(tx);
    const nowMs = Date.now();
    const known = await findFiring(tx, source.name);
    const settled = nowMs - sighting.startedAtMs > SETTLED_AFTER_MS;
    await takeIn(
      tx,
      [
        ...sightings(source.name, sighting.alerts, known, nowMs),
        ...(settled && byRules ? absences(known, sighting.alerts, byRules, nowMs) : []),
      ],
      nowMs,
    );
  }, 30_000);
  return true;
}
