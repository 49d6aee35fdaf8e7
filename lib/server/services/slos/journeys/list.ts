import "server-only";
import { Nothing } from "#lib/contracts/api.ts";
import type { Journey } from "#lib/contracts/journeys.ts";
import type { Measured } from "#lib/contracts/measured.ts";
import type { SloEntry } from "#lib/contracts/slos.ts";
import type { CompositeSli } from "#lib/domain/slo/definition/sli.ts";
import {
  type ClientLatency,
  clientLatencyQuery,
  readClientLatency,
} from "#lib/domain/slo/journeys/client-latency.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import { queryPlane } from "#lib/server/query/plane.ts";
import type { QueryContext } from "#lib/server/query/types.ts";
import { listSlos, readAll } from "../list.ts";

const WINDOW_SECONDS = 300;

/** What browsers tell of some journeys; a source that does not answer is a warning, for budgets are in the ledger. */
async function clientLatency(
  context: QueryContext,
  journeys: readonly string[],
): Promise<{ found: Map<string, ClientLatency>; warnings: string[] }> {
  if (journeys.length === 0) return { found: new Map(), warnings: [] };
  try {
    const expr = clientLatencyQuery(journeys, WINDOW_SECONDS);
    const { data, warnings } = await queryPlane().instant(context, { expr });
    return { found: readClientLatency(data), warnings };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "cancelled") throw error;
    return { found: new Map(), warnings: [`what users waited is missing: ${error.message}`] };
  }
}

async function compositesById(): Promise<Map<string, CompositeSli>> {
  const { slos } = await read(readAll);
  return new Map(
    slos.flatMap(({ id, definition }) =>
      definition?.sli.kind === "composite" ? [[id, definition.sli] as const] : [],
    ),
  );
}

function toJourney(
  slo: SloEntry,
  { combine, businessImpact, steps }: CompositeSli,
  byKey: ReadonlyMap<string, SloEntry>,
): Omit<Journey, "clientLatency"> {
  return {
    slo,
    combine,
    businessImpact,
    steps: steps.map(({ name, slo: key, weight, onCriticalPath }) => ({
      ...{ name, key, onCriticalPath },
      weight: weight ?? null,
      slo: byKey.get(key) ?? null,
    })),
  };
}

/** The user journeys with their steps, worst first. */
export async function listJourneys(
  actor: Actor,
  input: unknown,
  { signal }: { signal: AbortSignal },
): Promise<Measured<{ journeys: Journey[] }>> {
  authorize(actor, "slos:read");
  parseInput(Nothing, input);
  const measured = await listSlos(actor, {});
  const composites = await compositesById();
  const byKey = new Map(measured.data.slos.map((slo) => [slo.key, slo]));
  const journeys = measured.data.slos.flatMap((slo) => {
    const sli = composites.get(slo.id);
    return sli ? [toJourney(slo, sli, byKey)] : [];
  });
  const names = journeys.map(({ slo }) => slo.name);
  const { found, warnings } = await clientLatency({ actor, signal }, names);
  return {
    ...measured,
    partial: measured.partial || warnings.length > 0,
    warnings: [...measured.warnings, ...warnings],
    data: { journeys: journeys.map((one) => ({ ...one, clientLatency: found.get(one.slo.name) ?? null })) },
  };
}
