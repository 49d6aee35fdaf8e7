import { compareDecisions } from "#lib/domain/gate/decision.ts";
import type { DecisionRecord } from "#lib/contracts/decisions.ts";

/** Of evaluations, newest first, the newest of each service; the strictest first. */
export function newestOfEach(records: readonly DecisionRecord[]): DecisionRecord[] {
  const newest = new Map<string, DecisionRecord>();
  for (const record of records) if (!newest.has(record.service)) newest.set(record.service, record);
  return [...newest.values()].sort((a, b) =>
    a.decision === null || b.decision === null ? 0 : compareDecisions(a.decision, b.decision),
  );
}
