import "server-only";
import type { Measured } from "#lib/contracts/measured.ts";
import { BudgetQuery, type Explanation } from "#lib/contracts/slo-budgets.ts";
import { writeWorked } from "#lib/domain/slo/decimal.ts";
import { measureOf } from "#lib/domain/slo/queries/measure.ts";
import { writeMeasure } from "#lib/domain/slo/queries/fuse.ts";
import { slotStartMs } from "#lib/domain/slo/slots/slot.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import type { EvaluationSums } from "#lib/server/db/slo-state.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import { type BudgetPlace, requirePlace } from "./budget-place.ts";
import { type BudgetReadings, readBudget, type StepReadings } from "./budget-readings.ts";
import { explainFigures, type ExplainedBudget } from "./explain-figures.ts";
import { measuredStates } from "./measured-states.ts";

/** As many closed slots are listed as the longest look-back of the status has, and the open one. */
const LISTED_SLOTS = 72;
const PROVISIONAL_SLOTS = 2;

function combinedOf(
  { definition }: BudgetPlace,
  steps: readonly StepReadings[],
): ExplainedBudget["combined"] {
  const { sli } = definition;
  if (sli.kind !== "composite") return null;
  const serial = sli.combine === "serial";
  const counting = serial ? steps.filter(({ onCriticalPath }) => onCriticalPath) : steps;
  const ratioOf = (step: StepReadings, range: EvaluationSums) => {
    const { errorRatio, noTraffic } = step.over(range);
    const known = noTraffic ? 0 : errorRatio;
    return known === null ? "no data" : writeWorked(known);
  };
  return {
    formula: serial ? "1 - product of (1 - e) over the critical path" : "sum of w * e over the steps",
    worked: (range) =>
      serial
        ? `1 - ${counting.map((step) => `(1 - ${ratioOf(step, range)})`).join(" * ")}`
        : counting.map((step) => `${writeWorked(step.weight)} * ${ratioOf(step, range)}`).join(" + "),
  };
}

function slotsOf({ endSlot }: BudgetPlace, { own }: BudgetReadings): Explanation["slots"] {
  if (!own) return [];
  const { counted } = own.ledger;
  return Array.from({ length: LISTED_SLOTS + 1 }, (_, at) => {
    const slot = endSlot - 1 - LISTED_SLOTS + at;
    const index = slot - counted.firstSlot;
    return {
      startMs: slotStartMs(slot),
      bad: counted.bad[index] ?? null,
      total: counted.total[index] ?? null,
      excluded: counted.excluded?.[index] === 1,
      provisional: slot >= endSlot - 1 - PROVISIONAL_SLOTS,
    };
  });
}

function queriesOf({ definition }: BudgetPlace, { steps }: BudgetReadings): Explanation["queries"] {
  const measure = measureOf(definition);
  if (measure) return writeMeasure(measure);
  return steps.flatMap(({ name, slo }) => {
    const ofStep = slo?.definition ? measureOf(slo.definition) : null;
    return ofStep ? writeMeasure(ofStep).map((query) => ({ ...query, name: `${name}: ${query.name}` })) : [];
  });
}

function sumsOf(sums: EvaluationSums, { rawOver }: BudgetReadings): Explanation["sums"][number] {
  const { lookBack, from, to, bad, total, coveredSlots, excludedSlots } = sums;
  const raw = rawOver(sums);
  // The newest five minutes are asked for to the second: they are no sum of slots.
  const own = lookBack === "5m" ? { bad, total } : { bad: raw.bad, total: raw.total };
  return {
    lookBack,
    fromMs: slotStartMs(from),
    toMs: slotStartMs(to),
    bad,
    total,
    coveredSlots,
    excludedSlots,
    raw: own,
  };
}

/**
 * Every figure of a budget spelled out: its formula and what stood in it, the sums and slots it was made of, and
 * what was asked of the source.
 * @throws `not_found`, `invalid`, `unavailable` while it is not evaluated
 */
export async function explainBudget(actor: Actor, input: unknown): Promise<Measured<Explanation>> {
  authorize(actor, "slos:read");
  const query = parseInput(BudgetQuery, input);
  const { place, readings } = await read(async (tx) => {
    const place = await requirePlace(tx, actor, query);
    const from = Math.min(place.window.soFar.from, ...place.state.evaluated.sums.map((one) => one.from));
    return { place, readings: await readBudget(tx, place, from) };
  });
  const { state, objective, window } = place;
  const { budget, sums } = state.evaluated;
  const combined = combinedOf(place, readings.steps);
  const data: Explanation = {
    budget,
    figures: explainFigures({ budget, sums, window, sloWindow: objective.window, combined }),
    sums: sums.map((one) => sumsOf(one, readings)),
    slots: slotsOf(place, readings),
    queries: queriesOf(place, readings),
  };
  return measuredStates(data, [state], Date.now());
}
