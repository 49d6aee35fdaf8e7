import "server-only";
import type { Measured } from "#lib/contracts/measured.ts";
import { type BudgetGraphs, BudgetQuery } from "#lib/contracts/slo-budgets.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { findSloVersions } from "#lib/server/db/slo.repo.ts";
import { findEntries } from "#lib/server/db/slo-entry.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { annotationsOf } from "./budget-annotations.ts";
import { incidentAnnotations, incidentsOf } from "./budget-incidents.ts";
import { deployAnnotations } from "./budget-deploys.ts";
import { firstSlotOfGraphs, graphsOf } from "./budget-graphs.ts";
import { type BudgetPlace, requirePlace } from "./budget-place.ts";
import { readBudget } from "./budget-readings.ts";
import { measuredStates } from "./measured-states.ts";

/** What a reader should know is not there yet. */
function missingOf({ measure }: BudgetPlace): string[] {
  if (!measure) return [];
  const missing = measure.problem === null ? [] : [measure.problem];
  if (measure.backfillTo > measure.backfillFrom) missing.push("older history is still being fetched");
  return missing;
}

/**
 * One budget over time: what was left of it over the trailing window, its burn-down, and the SLI, with what happened
 * meanwhile. The lines end at the figures of the last evaluation.
 * @throws `not_found`, `invalid`, `unavailable` while it is not evaluated
 */
export async function getBudget(
  actor: Actor,
  input: unknown,
  { signal }: Pick<Caller, "signal">,
): Promise<Measured<BudgetGraphs>> {
  authorize(actor, "slos:read");
  const query = parseInput(BudgetQuery, input);
  const { place, graphs, annotations, range } = await read(async (tx) => {
    const place = await requirePlace(tx, actor, query);
    const readings = await readBudget(tx, place, firstSlotOfGraphs(place));
    const { slo, definition, endSlot, window } = place;
    const range = { from: Math.min(window.soFar.from, endSlot - Math.ceil(window.slots)), to: endSlot };
    const facts = {
      versions: await findSloVersions(tx, slo.id),
      entries: await findEntries(tx, slo.id),
      windows: definition.exclusions.windows,
    };
    const incidents = await incidentsOf(tx, actor, place, range);
    const annotations = [...annotationsOf(facts, range), ...incidentAnnotations(incidents, place, readings)];
    return { place, graphs: graphsOf(place, readings), annotations, range };
  });
  const { state, definition } = place;
  const { deploys, missing } = await deployAnnotations({ actor, signal }, definition.service, range);
  const all = [...annotations, ...deploys].sort((a, b) => a.atMs - b.atMs);
  const data = { budget: state.evaluated.budget, ...graphs, annotations: all };
  const warnings = [...missingOf(place), ...(missing === null ? [] : [missing])];
  return { ...measuredStates(data, [state], Date.now()), partial: warnings.length > 0, warnings };
}
