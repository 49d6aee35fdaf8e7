import "server-only";
import type { Measured } from "#lib/contracts/measured.ts";
import { ListSilences, type Silence } from "#lib/contracts/silences.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import type { SourceSilence } from "#lib/server/query/alertmanager/silences.ts";
import { queryPlane } from "#lib/server/query/plane.ts";
import { sourcesOf } from "#lib/server/query/sources.ts";
import type { QueryContext, SourceAlert } from "#lib/server/query/types.ts";
import { gather, mapMeasured } from "#lib/server/services/cluster/gather.ts";
import { askSilences } from "./ask.ts";
import { toSilence } from "./entry.ts";
import { isWithin } from "./visibility.ts";

const RANK = { active: 0, pending: 1, expired: 2 } as const;

function countOf(alerts: readonly SourceAlert[], id: string): number {
  return alerts.filter(({ suppressedBy }) => suppressedBy?.silences.includes(id)).length;
}

async function silencesOf(context: QueryContext, source: string): Promise<Measured<Silence[]>> {
  const answer = await gather({
    silences: { what: `silences of Alertmanager "${source}"`, read: askSilences(context, source) },
    alerts: {
      what: `alerts of Alertmanager "${source}"`,
      read: queryPlane().alerts(context, { source }),
      slow: true,
    },
  });
  const nowMs = Date.now();
  const shown = (silences: SourceSilence[] | null) =>
    (silences ?? []).filter((one) => isWithin(one, context.actor));
  return mapMeasured(answer, ({ silences, alerts }) =>
    shown(silences).map((one) => toSilence(source, one, countOf(alerts ?? [], one.id), nowMs)),
  );
}

function soonestFirst(a: Silence, b: Silence): number {
  const order = a.state === "expired" ? -1 : 1;
  return RANK[a.state] - RANK[b.state] || order * (Date.parse(a.endsAt) - Date.parse(b.endsAt));
}

/** Silences of all Alertmanagers that concern what the actor may see; those that end first on top. */
export async function listSilences(
  actor: Actor,
  input: unknown,
  { signal }: Pick<Caller, "signal">,
): Promise<Measured<{ silences: Silence[] }>> {
  authorize(actor, "alerts:read");
  const { expired } = parseInput(ListSilences, input);
  const sources = sourcesOf("alertmanager").map(({ name }) => [
    name,
    { what: `silences of Alertmanager "${name}"`, read: silencesOf({ actor, signal }, name) },
  ]);
  const answer = await gather(
    Object.fromEntries(sources) as Record<string, { what: string; read: Promise<Measured<Silence[]>> }>,
  );
  return mapMeasured(answer, (all) => ({
    silences: Object.values(all)
      .flatMap((one) => one ?? [])
      .filter(({ state }) => expired === "true" || state !== "expired")
      .sort(soonestFirst),
  }));
}
