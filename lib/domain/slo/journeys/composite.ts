import type { CompositeSli } from "../definition/sli.ts";
import type { Reading } from "../budget/reading.ts";

/** A step with what the same look-back says of its SLO. */
export interface StepReading {
  reading: Reading;
  weight: number;
  onCriticalPath: boolean;
}

const NOTHING: Reading = {
  errorRatio: null,
  bad: 0,
  total: null,
  coveredSlots: 0,
  excludedSlots: 0,
  noTraffic: false,
  whollyExcluded: false,
};

/** A step's share of failures; one nobody used fails nobody. Null without data. */
function stepErrorRatio({ reading }: StepReading): number | null {
  return reading.noTraffic ? 0 : reading.errorRatio;
}

function combine(
  kind: CompositeSli["combine"],
  steps: readonly StepReading[],
  ratios: readonly number[],
): number {
  if (kind === "weighted")
    return ratios.reduce((sum, ratio, at) => sum + (steps[at]?.weight ?? 0) * ratio, 0);
  // 1 - product of (1 - e), by logarithms: the plain product drowns small ratios in noise.
  return 0 - Math.expm1(ratios.reduce((sum, ratio) => sum + Math.log1p(-ratio), 0));
}

/**
 * The reading of a user journey over one look-back from those of its steps, never slot by slot: serial
 * e(x) = 1 - product of (1 - e_i(x)) over the steps on the critical path, weighted e(x) = sum of w_i * e_i(x). A
 * step that counts and has no data leaves the journey without data; it covers what its least covered step does.
 */
export function compositeReading(kind: CompositeSli["combine"], steps: readonly StepReading[]): Reading {
  const counting = kind === "serial" ? steps.filter(({ onCriticalPath }) => onCriticalPath) : steps;
  const ratios = counting.map(stepErrorRatio).filter((ratio) => ratio !== null);
  if (counting.length === 0) return NOTHING;
  const readings = counting.map(({ reading }) => reading);
  const complete = ratios.length === counting.length;
  const noTraffic = complete && readings.every((reading) => reading.noTraffic);
  return {
    errorRatio: complete && !noTraffic ? combine(kind, counting, ratios) : null,
    bad: readings.reduce((sum, { bad }) => sum + bad, 0),
    total: null,
    coveredSlots: Math.min(...readings.map(({ coveredSlots }) => coveredSlots)),
    excludedSlots: Math.max(...readings.map(({ excludedSlots }) => excludedSlots)),
    noTraffic,
    whollyExcluded: readings.some(({ whollyExcluded }) => whollyExcluded),
  };
}
