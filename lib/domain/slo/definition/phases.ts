import { decimal } from "../decimal.ts";
import type { Phase } from "./definition.ts";
import { nominalDays, type SloWindow } from "./windows.ts";

/** The progressive targets of the field: 99.0 % for a month, 99.5 for two, 99.9 for three, then 99.95. */
export const PROGRESSIVE_PHASES: readonly Phase[] = [
  { target: 0.99, months: 1 },
  { target: 0.995, months: 2 },
  { target: 0.999, months: 3 },
  { target: 0.9995, months: null },
];

const DAYS_PER_MONTH = 30;

/** One whole window of a phase; null when it had no data, which is not met. */
export interface PhaseWindow {
  met: boolean | null;
}

/** How far a phase has come. */
export interface PhaseProgress {
  /** The step up is due. */
  earned: boolean;
  /** Windows met in a row, the newest last. */
  metInARow: number;
  /** Windows to be met in a row; null in the last phase. */
  needed: number | null;
}

/** How many whole windows a phase lasts: one after the other, at least one. A month is 30 days here. */
export function windowsOfPhase(phase: Phase, window: SloWindow): number | null {
  if (phase.months === null) return null;
  return Math.max(1, Math.ceil((phase.months * DAYS_PER_MONTH) / nominalDays(window)));
}

/** Whether a whole window met its target: e(W) <= B. Null without data. */
export function isMet(errorRatio: number | null, budgetRatio: number): boolean | null {
  return errorRatio === null ? null : decimal(errorRatio) <= budgetRatio;
}

/**
 * Whether a step up is earned: every window of the phase met. A window that was missed, or had no data, makes the
 * phase begin anew, so what counts are the newest windows in a row.
 *
 * @param windows the whole windows since the phase began, oldest first, none overlapping another.
 */
export function phaseProgress(
  phase: Phase,
  window: SloWindow,
  windows: readonly PhaseWindow[],
): PhaseProgress {
  const needed = windowsOfPhase(phase, window);
  const lastMiss = windows.findLastIndex(({ met }) => met !== true);
  const metInARow = windows.length - 1 - lastMiss;
  return { earned: needed !== null && metInARow >= needed, metInARow, needed };
}

/** What a change of target is: a step down needs a reason that is recorded. */
export function targetChange(from: number, to: number): "step_up" | "step_down" | "none" {
  if (to === from) return "none";
  return to > from ? "step_up" : "step_down";
}
