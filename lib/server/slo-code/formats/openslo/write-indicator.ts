import "server-only";
import type { SloDefinition } from "#lib/domain/slo/definition/definition.ts";
import { COUNTING_OF_SLI, type Comparison, sliceComparison } from "#lib/domain/slo/definition/sli.ts";
import { counterPair, sliceExpression, windowPair } from "../../promql/write.ts";

const OPERATORS: Readonly<Record<string, string>> = { "<": "lt", "<=": "lte", ">": "gt", ">=": "gte" };

function metric(query: string) {
  return { metricSource: { type: "Prometheus", spec: { query } } };
}

/** The indicator's metrics, or null where OpenSLO has none such. */
export function writeIndicator(definition: SloDefinition): object | null {
  const threshold = sliceExpression(definition);
  if (threshold !== null) return { thresholdMetric: metric(threshold) };
  const counters = counterPair(definition, (vector) => vector);
  const pair = counters ?? windowPair(definition, "$window");
  if (pair === null) return null;
  return {
    ratioMetric: {
      counter: counters !== null,
      [pair.form]: metric(pair.numerator),
      total: metric(pair.total),
    },
  };
}

/** The comparison of each slice; OpenSLO cannot say "equal". */
function comparisonOf({ sli, budgeting }: SloDefinition): Comparison | null {
  if (sli.kind === "throughput" || sli.kind === "freshness" || sli.kind === "probe")
    return sliceComparison(sli);
  return budgeting.method === "timeslices" ? budgeting.sliceGood : null;
}

/** What the objectives say of slices, and whether they can say it. */
export function writeSlices(definition: SloDefinition): { fields: object; isSayable: boolean } {
  const { sli, budgeting } = definition;
  if (budgeting.method === "occurrences") return { fields: {}, isSayable: true };
  const window = { timeSliceWindow: `${budgeting.sliceMinutes}m` };
  const comparison = comparisonOf(definition);
  if (comparison === null) return { fields: window, isSayable: true };
  const op = OPERATORS[comparison.operator];
  const value =
    COUNTING_OF_SLI[sli.kind] === "slices"
      ? { value: comparison.value, timeSliceTarget: 1 }
      : { timeSliceTarget: comparison.value };
  return { fields: { op, ...value, ...window }, isSayable: op !== undefined };
}
