import "server-only";
import type { Alert } from "#lib/contracts/alerts.ts";
import type { Measured } from "#lib/contracts/measured.ts";
import { joinAlerts, type KnownFiring } from "#lib/domain/alerts/alert-states.ts";
import { OWN_SOURCE } from "#lib/server/alerts/own-alerts.ts";
import { read, type Transaction } from "#lib/server/db/client.ts";
import { countFirings, findIncidentsOf } from "#lib/server/db/alert-history.repo.ts";
import { findFiring } from "#lib/server/db/occurrence.repo.ts";
import type { SourceSilence } from "#lib/server/query/alertmanager/silences.ts";
import { satisfies } from "#lib/server/query/confine/satisfies.ts";
import { queryPlane } from "#lib/server/query/plane.ts";
import { sourcesOf } from "#lib/server/query/sources.ts";
import type { QueryContext, SourceAlert } from "#lib/server/query/types.ts";
import { gather } from "#lib/server/services/cluster/gather.ts";
import { incidentFilter } from "#lib/server/services/incidents/visibility.ts";
import { askSilences } from "../silences/ask.ts";

/** Flaps are counted over so long. */
export const FLAP_WINDOW_MS = 86_400_000;

/** What we keep of the alerts that fire, as far as the actor may see them. */
async function findKnown(tx: Transaction, { actor }: QueryContext): Promise<KnownFiring[]> {
  const firing = (await findFiring(tx)).filter(({ labels }) => satisfies(labels, actor.confinement));
  const incidents = await findIncidentsOf(
    tx,
    firing.flatMap(({ incidentId }) => incidentId ?? []),
  );
  const isVisible = await incidentFilter(actor);
  return firing.map((one) => {
    const incident = one.incidentId === null ? undefined : incidents.get(one.incidentId);
    return {
      fingerprint: one.fingerprint,
      labels: { ...one.labels },
      annotations: { ...one.annotations },
      startedAt: new Date(one.startsAtMs).toISOString(),
      lastSeenAt: one.source === OWN_SOURCE ? null : new Date(one.lastSeenMs).toISOString(),
      incident:
        incident && isVisible(incident)
          ? { id: incident.id, phase: incident.phase, severity: incident.severity }
          : null,
    };
  });
}

type Gathered = Measured<{ managed: SourceAlert[]; ruled: SourceAlert[]; silences: SourceSilence[] }>;

/** What all sources say now; what one of them does not answer is named, and nobody's failure is all of theirs. */
async function askSources(context: QueryContext): Promise<Gathered> {
  const plane = queryPlane();
  const parts = Object.fromEntries([
    ...sourcesOf("alertmanager").flatMap(({ name }) => [
      [
        `managed/${name}`,
        { what: `alerts of Alertmanager "${name}"`, read: plane.alerts(context, { source: name }) },
      ],
      [
        `silences/${name}`,
        { what: `silences of Alertmanager "${name}"`, read: askSilences(context, name), slow: true },
      ],
    ]),
    ...sourcesOf("prometheus").map(({ name }) => [
      `ruled/${name}`,
      { what: `alerts of the rules of "${name}"`, read: plane.ruleAlerts(context, { source: name }) },
    ]),
  ]) as Parameters<typeof gather>[0];
  const answer = await gather(parts);
  const of = <T>(kind: string) =>
    Object.entries(answer.data).flatMap(([name, data]) =>
      name.startsWith(`${kind}/`) ? ((data ?? []) as T[]) : [],
    );
  return { ...answer, data: { managed: of("managed"), ruled: of("ruled"), silences: of("silences") } };
}

/** No source answers: what is known stays, and is said to be old. */
function nothingAnswered(error: unknown): Gathered {
  const warnings = [error instanceof Error ? error.message : String(error)];
  const data = { managed: [], ruled: [], silences: [] };
  return { data, asOf: null, stale: true, partial: true, warnings };
}

/** All alerts that the actor may see, those that want somebody first; of everything that is known. */
export async function measureAlertStates(context: QueryContext): Promise<Measured<Alert[]>> {
  const since = new Date(Date.now() - FLAP_WINDOW_MS);
  const [answer, known, flaps] = await Promise.all([
    askSources(context).catch((error: unknown) => {
      context.signal.throwIfAborted();
      return nothingAnswered(error);
    }),
    read((tx) => findKnown(tx, context)),
    read((tx) => countFirings(tx, since)),
  ]);
  const { managed, ruled, silences } = answer.data;
  const joined = joinAlerts(managed, ruled, known);
  const names = new Map(joined.map(({ fingerprint, name }) => [fingerprint, name]));
  const silenceOf = new Map(silences.map((one) => [one.id, one]));
  const data = joined.map(({ suppressedBy, ...alert }): Alert => ({
    ...alert,
    flaps: flaps.get(alert.fingerprint) ?? 0,
    suppressedBy: suppressedBy && {
      silences: suppressedBy.silences.map((id) => {
        const { author = null, reason = null, endsAt = null } = silenceOf.get(id) ?? {};
        return { id, author, reason, endsAt };
      }),
      inhibitors: suppressedBy.inhibitors.map((fingerprint) => ({
        fingerprint,
        name: names.get(fingerprint) ?? null,
      })),
    },
  }));
  return { ...answer, data };
}
