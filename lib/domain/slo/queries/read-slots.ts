import { type Comparison, sliceComparison } from "../definition/sli.ts";
import { slotValue, type SlotValue } from "../slots/series.ts";
import { countSlices, sumSliceRatios } from "../slots/slices.ts";
import { numeratorForm, type Measure } from "./measure.ts";

/** What was answered for a slot, by part; a slice per entry, only one where events are counted by slot. */
export interface SlotAnswer {
  numerator: readonly (number | null | undefined)[];
  total: readonly (number | null | undefined)[];
  value: readonly (number | null | undefined)[];
}

function goodRatios({ numerator, total }: SlotAnswer, measure: Measure): (number | null)[] {
  return total.map((all, at) => {
    const slice = slotValue(numeratorForm(measure), numerator[at], all);
    return slice && slice.total > 0 ? 1 - slice.bad / slice.total : null;
  });
}

function judged({ sli }: Measure): Comparison | null {
  return sli.kind === "throughput" || sli.kind === "freshness" || sli.kind === "probe"
    ? sliceComparison(sli)
    : null;
}

/** Bad and total of one slot by the measure's budgeting method; null when nothing was measured there. */
export function readSlot(answer: SlotAnswer, measure: Measure): SlotValue | null {
  const { budgeting } = measure;
  switch (budgeting.method) {
    case "occurrences":
      return slotValue(numeratorForm(measure), answer.numerator[0], answer.total[0]);
    case "timeslices": {
      const comparison = judged(measure);
      if (comparison)
        return countSlices(
          answer.value.map((value) => value ?? null),
          comparison,
        );
      return budgeting.sliceGood && countSlices(goodRatios(answer, measure), budgeting.sliceGood);
    }
    case "ratioTimeslices":
      return sumSliceRatios(goodRatios(answer, measure));
  }
}
