import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import type { Budgeting, SloDefinition } from "../definition/definition.ts";
import { type CompositeSli, COUNTING_OF_SLI, type Sli } from "../definition/sli.ts";
import type { NumeratorForm } from "../slots/series.ts";

/**
 * What is asked of the sources for an SLO. Targets, windows and alerts are not in it: to change those asks nothing
 * anew, and SLOs that measure the same share one ledger.
 */
export interface Measure {
  sli: Exclude<Sli, CompositeSli>;
  budgeting: Budgeting;
  groupBy: string[];
  /** Events left out; each matcher names some. */
  excludedEvents: LabelMatcher[];
}

/** The measure of a definition; null for journeys, which read the measures of their steps. */
export function measureOf(definition: SloDefinition): Measure | null {
  const { sli, budgeting, groupBy, exclusions } = definition;
  if (sli.kind === "composite") return null;
  return { sli, budgeting, groupBy: [...groupBy].sort(), excludedEvents: exclusions.events };
}

/** Whether a measure's numerator holds the good or the bad events. */
export function numeratorForm({ sli }: Pick<Measure, "sli">): NumeratorForm {
  if (sli.kind === "custom") return sli.form;
  return sli.kind === "latency" || sli.kind === "completeness" ? "good" : "bad";
}

/** Whether events are counted, and not time slices. */
export function countsEvents({ sli, budgeting }: Pick<SloDefinition, "sli" | "budgeting">): boolean {
  return COUNTING_OF_SLI[sli.kind] === "events" && budgeting.method === "occurrences";
}

/** The length of a time slice in seconds; null where events are counted by slot. */
export function sliceSeconds({ budgeting }: Pick<Measure, "budgeting">): number | null {
  return budgeting.method === "occurrences" ? null : budgeting.sliceMinutes * 60;
}
