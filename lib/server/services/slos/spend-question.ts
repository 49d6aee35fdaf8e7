import "server-only";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import type { MetricNames } from "#lib/domain/signals/presets.ts";
import { type Measure, measureOf } from "#lib/domain/slo/queries/measure.ts";
import { type Keyed, type Side, sidesOf } from "#lib/domain/slo/queries/sides.ts";
import { writeSide } from "#lib/domain/slo/queries/write-side.ts";
import type { SPEND_DIMENSIONS } from "#lib/domain/slo/budget/attribution.ts";

/** What the events themselves tell apart; incidents are told by time. */
export type SpendDimension = Exclude<(typeof SPEND_DIMENSIONS)[number], "incident">;

/** The label that a way to split goes by, under the names a service's metrics have. */
export function labelOfDimension(by: SpendDimension, names: MetricNames): string {
  switch (by) {
    case "route":
      return names.routeLabel;
    case "status":
      return names.statusLabel;
    case "node":
      return names.nodeLabel;
    case "instance":
      return "instance";
  }
}

/** The measure of an SLO that can be split by labels, or why it cannot. */
export function splittable(definition: SloDefinition): { measure: Measure } | { reason: string } {
  const measure = measureOf(definition);
  if (!measure) return { reason: "A journey is not split itself: look at the SLOs of its steps." };
  if (definition.sli.kind === "custom") {
    return { reason: "PromQL of your own cannot be split: its labels are gone before Burnline sees them." };
  }
  if (measure.budgeting.method !== "occurrences") {
    return { reason: "Time slices are good or bad as a whole: no part of them can be named." };
  }
  return { measure };
}

/** What is asked to split a measure by a label. */
export interface SpendQuestion {
  numerator: Side;
  /** Null where the label itself decides what is bad: each of its values is wholly bad, or wholly good. */
  total: Side | null;
}

const mentions = ({ keys, rest }: Keyed, label: string) =>
  Object.hasOwn(keys, label) || rest.some((matcher) => matcher.label === label);

/** Chooses the sides to ask for. @throws RangeError for a measure that is not {@link splittable} */
export function spendQuestion(measure: Measure, label: string): SpendQuestion {
  const sides = sidesOf(measure);
  const numerator = sides.find(({ role }) => role === "numerator");
  const total = sides.find(({ role }) => role === "total");
  if (!numerator || !total || !("of" in numerator) || !("of" in total)) {
    throw new RangeError("this measure has no events to split");
  }
  const decides = mentions(numerator.of, label) && !mentions(total.of, label);
  return { numerator, total: decides ? null : total };
}

/** PromQL of a side, split by a label, over a window of so many seconds. */
export function writeSplit(side: Side, measure: Measure, label: string, seconds: number): string {
  return writeSide(side, [...new Set([...measure.groupBy, label])], seconds);
}
