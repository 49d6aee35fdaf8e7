import { writeLookBack } from "../budget/look-backs.ts";
import type { SloDefinition } from "../definition/definition.ts";

/** The minutes that a tile spans; tiles lie side by side and are what every longer window is the sum of. */
export function tileMinutes({ budgeting }: SloDefinition): number {
  return budgeting.method === "occurrences" ? 1 : budgeting.sliceMinutes;
}

/** A part of what a tile records: its level, `slo_tile`, stands for a tile of one SLO and group. */
export type TilePart = "counted" | "events" | "value" | "total" | "bad" | "missing";

/** What a tile's part is recorded as: `slo_tile:sli_bad:increase1m`. */
export function tileRecord(part: TilePart, definition: SloDefinition): string {
  const operation = part === "value" ? "last" : "increase";
  return `slo_tile:sli_${part}:${operation}${writeLookBack(tileMinutes(definition))}`;
}

/** The names that a window of so many minutes is recorded as. */
export function windowRecords(minutes: number): { bad: string; total: string; ratio: string } {
  const window = writeLookBack(minutes);
  return {
    bad: `slo:sli_bad:increase${window}`,
    total: `slo:sli_total:increase${window}`,
    ratio: `slo:sli_error:ratio_rate${window}`,
  };
}

/** 1 while an exclusion window holds, else absent. */
export const EXCLUDED = "slo:excluded:bool";
/** B = 1 - T of an objective. */
export const BUDGET = "slo:error_budget:ratio";
/** What is left of an objective's budget. */
export const BUDGET_REMAINING = "slo:error_budget_remaining:ratio";
