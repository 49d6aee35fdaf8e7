import "server-only";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { writeWindow } from "#lib/domain/slo/definition/windows.ts";
import { slotAt } from "#lib/domain/slo/slots/slot.ts";
import { windowNow, type WindowNow } from "#lib/domain/slo/time/periods.ts";

/** An SLO in force, as the evaluator needs it. */
export interface SloInForce {
  id: string;
  key: string;
  version: number;
  definition: SloDefinition;
  measureId: string | null;
}

/** What is the same for all SLOs of one look. */
export interface EvaluationTime {
  nowMs: number;
  openSlot: number;
  windowNow: (window: SloDefinition["objectives"][number]["window"]) => WindowNow;
}

/** One moment, its windows worked out once for all SLOs. */
export function evaluationTime(nowMs: number): EvaluationTime {
  const windows = new Map<string, WindowNow>();
  return {
    nowMs,
    openSlot: slotAt(nowMs),
    windowNow: (window) => {
      const key = writeWindow(window);
      const known = windows.get(key) ?? windowNow(window, nowMs);
      windows.set(key, known);
      return known;
    },
  };
}
