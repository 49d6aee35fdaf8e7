import "server-only";
import type { SloEntry } from "#lib/contracts/slos.ts";
import { writeWindow } from "#lib/domain/slo/definition/windows.ts";
import { compareSloStatus, worstSloStatus } from "#lib/domain/slo/status/axes.ts";
import type { MeasureRecord } from "#lib/server/db/measure.repo.ts";
import type { SloRecord } from "#lib/server/db/slo.repo.ts";
import type { StateRecord } from "#lib/server/db/slo-state.repo.ts";
import { shownDefinition } from "./visibility.ts";

/** What an entry is made of, beside the SLO itself. */
export interface SloFacts {
  states: readonly StateRecord[];
  measure: MeasureRecord | undefined;
  nowMs: number;
}

/** Evaluations older than this say nothing of now: the evaluator looks every 30 s. */
const EVALUATION_VALID_MS = 5 * 60_000;

function backfillRatio(measure: MeasureRecord | undefined): number | null {
  if (!measure || measure.backfillTo <= measure.backfillFrom) return null;
  const wanted = measure.resumeSlot - measure.backfillFrom;
  return wanted <= 0 ? null : (measure.resumeSlot - measure.backfillTo) / wanted;
}

/** The states that still hold: those of the version in force, evaluated of late. */
export function currentStates(slo: SloRecord, { states, nowMs }: SloFacts): StateRecord[] {
  return states.filter(
    ({ version, evaluatedAt }) =>
      version === slo.version && nowMs - evaluatedAt.getTime() <= EVALUATION_VALID_MS,
  );
}

/** The fields that a list and a page of an SLO share. */
export function toHead(slo: SloRecord, facts: SloFacts) {
  const definition = shownDefinition(slo);
  const states = currentStates(slo, facts);
  const groups = states.filter(({ objective }) => objective === 0);
  return {
    id: slo.id,
    key: slo.key,
    name: definition.name,
    description: definition.description,
    service: definition.service,
    node: definition.node,
    owner: definition.owner,
    tier: definition.tier,
    sli: definition.sli.kind,
    version: slo.version,
    revision: slo.revision,
    source: slo.source,
    hasDraft: slo.draft !== null,
    status: worstSloStatus(states.map(({ status }) => status)),
    objectives: definition.objectives.map(({ target, window }) => ({ target, window: writeWindow(window) })),
    groups: groups.map(({ evaluated }) => evaluated.budget.group),
    backfillRatio: backfillRatio(facts.measure),
    problem: facts.measure?.problem ?? null,
    evaluatedAt: states[0]?.evaluatedAt.toISOString() ?? null,
  };
}

/** Worst first: by status, then by what is left. */
function byWorst(a: StateRecord, b: StateRecord): number {
  const left = ({ evaluated }: StateRecord) => evaluated.budget.budgetRemainingRatio ?? Infinity;
  return compareSloStatus(a.status, b.status) || left(a) - left(b);
}

/** An SLO for a list. */
export function toSloEntry(slo: SloRecord, facts: SloFacts): SloEntry {
  const states = currentStates(slo, facts).sort(byWorst);
  const firing = states.flatMap(({ evaluated }) =>
    evaluated.budget.tiers.filter((tier) => tier.firing).map(({ key }) => key),
  );
  return {
    ...toHead(slo, facts),
    worst: states[0]?.evaluated.budget ?? null,
    firing: [...new Set(firing)],
  };
}
