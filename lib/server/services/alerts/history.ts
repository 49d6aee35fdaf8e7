import "server-only";
import { z } from "zod";
import { type AlertHistory, OneAlert } from "#lib/contracts/alerts.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { findFirings, findIncidentsOf, type FiringRecord } from "#lib/server/db/alert-history.repo.ts";
import { read } from "#lib/server/db/client.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import { satisfies } from "#lib/server/query/confine/satisfies.ts";
import { incidentFilter } from "#lib/server/services/incidents/visibility.ts";
import { FLAP_WINDOW_MS } from "./measure-alert-states.ts";

const HISTORY_MS = 30 * 86_400_000;
const MAX_FIRINGS = 500;
const Labels = z.record(z.string(), z.string());

/** Seconds within the stretch; what fires still counts up to its end. */
function firingSeconds(firings: readonly FiringRecord[], fromMs: number, toMs: number): number {
  const ms = firings.map(({ startsAt, endsAt }) =>
    Math.max(0, Math.min(toMs, endsAt?.getTime() ?? toMs) - Math.max(fromMs, startsAt.getTime())),
  );
  return ms.reduce((a, b) => a + b, 0) / 1000;
}

/**
 * What one alert did over the last 30 days.
 * @throws `not_found`, in the same words for what is out of sight
 */
export async function readAlertHistory(actor: Actor, input: unknown): Promise<{ alert: AlertHistory }> {
  authorize(actor, "alerts:read");
  const { fingerprint } = parseInput(OneAlert, input);
  const toMs = Date.now();
  const fromMs = toMs - HISTORY_MS;
  const firings = await read((tx) => findFirings(tx, fingerprint, new Date(fromMs), MAX_FIRINGS));
  const [newest] = firings;
  const labels = Labels.parse(newest?.labels ?? {});
  if (!newest || !satisfies(labels, actor.confinement)) {
    throw new AppError("not_found", `no alert with the fingerprint ${fingerprint} fired in the last 30 days`);
  }
  const incidents = await read((tx) =>
    findIncidentsOf(
      tx,
      firings.flatMap(({ incidentId }) => incidentId ?? []),
    ),
  );
  const isVisible = await incidentFilter(actor);
  const shown = (id: string | null) => {
    const incident = id === null ? undefined : incidents.get(id);
    return incident && isVisible(incident) ? incident.id : null;
  };
  return {
    alert: {
      fingerprint,
      labels,
      annotations: Labels.parse(newest.annotations),
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
      firings: firings.map(({ source, startsAt, endsAt, endNotBefore, incidentId }) => ({
        source,
        startsAt: startsAt.toISOString(),
        endsAt: endsAt?.toISOString() ?? null,
        endNotBefore: endNotBefore?.toISOString() ?? null,
        incidentId: shown(incidentId),
      })),
      firingSeconds: firingSeconds(firings, fromMs, toMs),
      flaps: firings.filter(({ startsAt }) => toMs - startsAt.getTime() <= FLAP_WINDOW_MS).length,
    },
  };
}
