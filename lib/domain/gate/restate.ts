import { higherRisk, type Risk } from "./risk.ts";

/** What was said of a change; left out is "not stated". */
interface StatedChange {
  linesChanged?: number | undefined;
  migration?: boolean | undefined;
  rollbackReady?: boolean | undefined;
  dependents?: number | undefined;
}

/** What a release is asked for with; its lane is of no interest here. */
export interface Statement<C extends StatedChange, L> {
  change: C;
  declaredRisk: Risk | null;
  lane: L | null;
}

/** The heavier of two statements of one thing; what only one of them states stands. */
function heavier<T>(before: T | undefined, now: T | undefined, pick: (one: T, other: T) => T): T | undefined {
  if (before === undefined || now === undefined) return before ?? now;
  return pick(before, now);
}

/**
 * What stands when the same commit is asked for once more: nothing that was said of it becomes milder, or asking twice
 * would lower a risk that only a person with a reason may pass over (DOMAIN 5). Words and links are the newer ones.
 */
export function restate<C extends StatedChange, L>(
  before: Statement<C, L> | null,
  now: Statement<C, L>,
): Statement<C, L> {
  if (before === null) return now;
  const [old, next] = [before.change, now.change];
  const change: C = { ...old, ...next };
  const heaviest: StatedChange = {
    linesChanged: heavier(old.linesChanged, next.linesChanged, Math.max),
    migration: heavier(old.migration, next.migration, (one, other) => one || other),
    rollbackReady: heavier(old.rollbackReady, next.rollbackReady, (one, other) => one && other),
    dependents: heavier(old.dependents, next.dependents, Math.max),
  };
  const stated = Object.entries(heaviest).filter(([, value]) => value !== undefined);
  const [was, is] = [before.declaredRisk, now.declaredRisk];
  return {
    change: { ...change, ...Object.fromEntries(stated) },
    declaredRisk: was === null || is === null ? (was ?? is) : higherRisk(was, is),
    lane: now.lane ?? before.lane,
  };
}
