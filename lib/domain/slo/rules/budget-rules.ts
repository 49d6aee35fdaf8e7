import { complement, writeDecimal } from "../decimal.ts";
import type { Objective, SloDefinition } from "../definition/definition.ts";
import { nominalDays } from "../definition/windows.ts";
import { BUDGET, BUDGET_REMAINING, tileMinutes } from "./records.ts";
import type { RecordingRule } from "./rule.ts";
import { OBJECTIVE_LABEL, objectiveName, recordLabels } from "./rule-labels.ts";
import {
  countingSteps,
  journeyRatio,
  ratioOfSums,
  type RuleStep,
  stepSumsOfTiles,
  sumsOfTiles,
  tilesOver,
} from "./window-sums.ts";

const MINUTES_PER_DAY = 1440;

/** The minutes of the window that were measured; of a journey those of its least covered step. */
function coveredMinutes(definition: SloDefinition, steps: readonly RuleStep[], minutes: number): string {
  const { sli } = definition;
  const count = (one: SloDefinition) => {
    const tiles = `count_over_time(${tilesOver(one.onMissing === "bad" ? "missing" : "total", one, minutes)})`;
    return tileMinutes(one) === 1 ? tiles : `${tiles} * ${tileMinutes(one)}`;
  };
  if (sli.kind !== "composite") return count(definition);
  return `min(${countingSteps(sli, steps)
    .map((step) => count(step.definition))
    .join(" or ")})`;
}

function remaining(definition: SloDefinition, steps: readonly RuleStep[], objective: Objective): string {
  const minutes = nominalDays(objective.window) * MINUTES_PER_DAY;
  const { sli } = definition;
  const ratio =
    sli.kind === "composite"
      ? `(${journeyRatio(sli, steps, (step) => stepSumsOfTiles(step, minutes))})`
      : ratioOfSums(sumsOfTiles(definition, minutes));
  const budgetMinutes = writeDecimal(complement(objective.target) * minutes);
  return `1 - ${ratio} * ${coveredMinutes(definition, steps, minutes)} / ${budgetMinutes}`;
}

/**
 * For each objective its budget and what is left of it over the trailing window: 1 - e(W) / B * covered / W. Calendar windows
 * are taken at their nominal length, for PromQL knows no time zones; Burnline itself has the calendar's figure.
 */
export function budgetRules(definition: SloDefinition, steps: readonly RuleStep[]): RecordingRule[] {
  return definition.objectives.flatMap((objective) => {
    const labels = {
      ...recordLabels(definition),
      [OBJECTIVE_LABEL]: objectiveName(objective).toWellFormed(),
    };
    const budget = `vector(${writeDecimal(complement(objective.target))})`;
    return [
      { kind: "record", name: BUDGET, expr: budget, labels },
      {
        kind: "record",
        name: BUDGET_REMAINING,
        expr: remaining(definition, steps, objective),
        labels,
      },
    ];
  });
}
