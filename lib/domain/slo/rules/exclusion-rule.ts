import type { SloDefinition } from "../definition/definition.ts";
import { DAY_MS, slotAt, slotStartMs } from "../slots/slot.ts";
import { excludedRanges } from "../time/exclusion-windows.ts";
import type { RecordingRule } from "./rule.ts";
import { EXCLUDED, tileMinutes } from "./records.ts";
import { recorded, recordLabels } from "./rule-labels.ts";
import { SETTLE_SECONDS } from "./tile-queries.ts";

/** PromQL knows no time zones, so occurrences are written out; the rules are written anew every day. */
export const EXCLUSION_HORIZON_DAYS = 92;

/** Whether rules of this SLO look at exclusion windows at all. */
export function hasExclusions({ exclusions }: SloDefinition): boolean {
  return exclusions.windows.length > 0;
}

/** ` unless` the SLO is excluded; nothing for an SLO that never is. */
export function unlessExcluded(definition: SloDefinition): string {
  return hasExclusions(definition) ? ` unless on () ${recorded(EXCLUDED, definition)}` : "";
}

/**
 * 1 for every tile that touches an exclusion window. Written from the UTC day before `nowMs` on, for 92 days, so that the text
 * changes once a day at most. Null for an SLO without exclusion windows.
 */
export function exclusionRule(definition: SloDefinition, nowMs: number): RecordingRule | null {
  if (!hasExclusions(definition)) return null;
  const fromMs = (Math.floor(nowMs / DAY_MS) - 1) * DAY_MS;
  const within = { from: slotAt(fromMs), to: slotAt(fromMs + EXCLUSION_HORIZON_DAYS * DAY_MS) };
  const ranges = excludedRanges(definition.exclusions.windows, within);
  const tileSeconds = tileMinutes(definition) * 60;
  const terms = ranges.map(({ from, to }) => {
    const after = slotStartMs(from) / 1000 + SETTLE_SECONDS;
    const before = slotStartMs(to) / 1000 + SETTLE_SECONDS + tileSeconds;
    return `vector(time()) > ${after} < ${before}`;
  });
  // With no occurrence in sight the rule stays, so that what looks at it finds an empty answer.
  const now = terms.length === 0 ? "vector(time()) < 0" : terms.join(" or ");
  return {
    kind: "record",
    name: EXCLUDED,
    expr: `(${now}) ^ 0`,
    labels: recordLabels({ ...definition, groupBy: [] }),
  };
}
