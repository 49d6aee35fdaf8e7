import { writeDecimal } from "../decimal.ts";
import type { SloDefinition } from "../definition/definition.ts";
import type { CompositeSli } from "../definition/sli.ts";
import { promqlDuration } from "./promql-duration.ts";
import { type TilePart, tileMinutes, tileRecord, windowRecords } from "./records.ts";
import { recorded } from "./rule-labels.ts";

/** A step of a journey with the definition that measures it. */
export interface RuleStep {
  weight: number;
  onCriticalPath: boolean;
  definition: SloDefinition;
}

/** Sums over a window, as PromQL. */
export interface WindowSums {
  bad: string;
  total: string;
}

/**
 * The tiles of one SLO over a window. The range is half a tile short of the window, so that it holds the same tiles
 * whether the source counts a range's left edge (Prometheus 2) or not (Prometheus 3).
 */
export function tilesOver(part: TilePart, definition: SloDefinition, minutes: number): string {
  const range = promqlDuration(minutes * 60 - tileMinutes(definition) * 30);
  return `${recorded(tileRecord(part, definition), definition)}[${range}]`;
}

/**
 * Bad and total of a window: sums of its tiles. Where missing data counts as bad, each missing tile is added as wholly
 * bad with the mean of the tiles that are there.
 */
export function sumsOfTiles(definition: SloDefinition, minutes: number): WindowSums {
  const bad = `sum_over_time(${tilesOver("bad", definition, minutes)})`;
  const total = `sum_over_time(${tilesOver("total", definition, minutes)})`;
  if (definition.onMissing === "gap") return { bad: `clamp_min(${bad}, 0)`, total };
  const missing = `sum_over_time(${tilesOver("missing", definition, minutes)})`;
  const mean = `avg_over_time(${tilesOver("total", definition, minutes)})`;
  const filled = `${missing} * ((${mean} > 0) or ${missing} ^ 0)`;
  return {
    bad: `clamp_min(${bad} or 0 * ${missing}, 0) + ${filled}`,
    total: `(${total} or 0 * ${missing}) + ${filled}`,
  };
}

/** e(x) = bad / total; without a total there is no ratio, and never more than all is bad. */
export function ratioOfSums({ bad, total }: WindowSums): string {
  return `clamp_max(${bad} / (${total} > 0), 1)`;
}

/** A step's sums over all its groups, from what is recorded of the window. */
export function recordedStepSums({ definition }: RuleStep, minutes: number): WindowSums {
  const { bad, total } = windowRecords(minutes);
  return { bad: `sum(${recorded(bad, definition)})`, total: `sum(${recorded(total, definition)})` };
}

/** As {@link recordedStepSums}, for windows that are not recorded. */
export function stepSumsOfTiles({ definition }: RuleStep, minutes: number): WindowSums {
  const { bad, total } = sumsOfTiles(definition, minutes);
  return { bad: `sum(${bad})`, total: `sum(${total})` };
}

/** The steps whose failures count: in a serial journey those on the critical path. */
export function countingSteps({ combine }: CompositeSli, steps: readonly RuleStep[]): RuleStep[] {
  return steps.filter(({ onCriticalPath }) => combine === "weighted" || onCriticalPath);
}

/** A step that nobody used fails nobody; one without data leaves the journey without a ratio. */
function stepRatio(sums: WindowSums): string {
  return `(${ratioOfSums(sums)} or ${sums.total} == 0)`;
}

/** The journey's ratio over a window: from the ratios of its steps, each of which is a ratio of sums. */
export function journeyRatio(
  sli: CompositeSli,
  steps: readonly RuleStep[],
  sumsOf: (step: RuleStep) => WindowSums,
): string {
  const counting = countingSteps(sli, steps);
  const ratios = counting.map((step) => ({ weight: step.weight, ratio: stepRatio(sumsOf(step)) }));
  const combined =
    sli.combine === "weighted"
      ? ratios.map(({ weight, ratio }) => `${writeDecimal(weight)} * ${ratio}`).join(" + ")
      : `1 - ${ratios.map(({ ratio }) => `(1 - ${ratio})`).join(" * ")}`;
  const used = counting.map((step) => `${sumsOf(step).total} > 0`).join(" or ");
  return `${combined} and (${used})`;
}
