import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import { DEFAULT_ALERT_TIERS } from "#lib/domain/slo/alerts/tiers.ts";
import { FEWEST_BAD_EVENTS } from "#lib/domain/slo/status/axes.ts";

/** The address of a runbook of the demo, by the name of its file in docs/runbooks. */
export type RunbookUrl = (name: string) => string;

type Needed = "name" | "description" | "sli" | "objectives" | "runbookUrl";

/** A definition with every choice that is not made at its default. */
export function slo(chosen: Pick<SloDefinition, Needed> & Partial<SloDefinition>): SloDefinition {
  return {
    service: null,
    node: null,
    owner: null,
    tier: null,
    budgeting: { method: "occurrences" },
    groupBy: [],
    exclusions: { events: [], windows: [] },
    alertTiers: [...DEFAULT_ALERT_TIERS],
    minimumBadEvents: FEWEST_BAD_EVENTS,
    onMissing: "gap",
    phases: [],
    ...chosen,
  };
}

/** One target over a rolling window. */
export function over(target: number, days: number): SloDefinition["objectives"] {
  return [{ target, window: { kind: "rolling", days } }];
}

/** Each minute is good or bad, as the SLI says. */
export const BY_MINUTE = {
  method: "timeslices",
  sliceMinutes: 1,
  sliceGood: null,
} as const satisfies SloDefinition["budgeting"];

/** For counters: a minute of the demo's history, with a sample every two, would count nothing. */
export const BY_FIVE_MINUTES = { ...BY_MINUTE, sliceMinutes: 5 } as const;

export function matcher(
  label: string,
  value: string,
  operator: LabelMatcher["operator"] = "=",
): LabelMatcher {
  return { label, operator, value };
}
