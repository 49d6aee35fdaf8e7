import type { SloDefinition } from "../definition/definition.ts";
import type { RecordingRule } from "./rule.ts";
import { windowRecords } from "./records.ts";
import { recorded, recordLabels } from "./rule-labels.ts";
import { journeyRatio, ratioOfSums, recordedStepSums, type RuleStep, sumsOfTiles } from "./window-sums.ts";

/** The sums of an SLO over each window and their ratio; of a journey only the ratio. */
export function windowRules(
  definition: SloDefinition,
  steps: readonly RuleStep[],
  windows: readonly number[],
): RecordingRule[] {
  const { sli } = definition;
  const labels = recordLabels(definition);
  const record = (name: string, expr: string): RecordingRule => ({ kind: "record", name, expr, labels });
  return windows.flatMap((minutes) => {
    const names = windowRecords(minutes);
    if (sli.kind === "composite") {
      return [
        record(
          names.ratio,
          journeyRatio(sli, steps, (step) => recordedStepSums(step, minutes)),
        ),
      ];
    }
    const sums = sumsOfTiles(definition, minutes);
    const known = { bad: recorded(names.bad, definition), total: recorded(names.total, definition) };
    return [
      record(names.bad, sums.bad),
      record(names.total, sums.total),
      record(names.ratio, ratioOfSums(known)),
    ];
  });
}
