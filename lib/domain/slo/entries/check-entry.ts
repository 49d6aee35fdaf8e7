import { checkExclusions } from "../definition/check-exclusions.ts";
import { Checker, type Issue } from "../definition/issue.ts";
import { MAX_WINDOW_DAYS } from "../definition/windows.ts";
import { DAY_MS } from "../slots/slot.ts";
import type { ExclusionWindow } from "../time/exclusion-windows.ts";

/** A correction reaches back as far as any window does, and a month more for its report. */
const MAX_AGE_DAYS = MAX_WINDOW_DAYS + 31;
const MAX_AHEAD_DAYS = 366;
const MAX_CORRECTION_DAYS = 31;
/** Counts are kept exactly up to here. */
const MAX_DELTA = Number.MAX_SAFE_INTEGER;

/** A span of time and what was counted wrongly in it; the deltas may be negative. */
export interface CorrectionFact {
  kind: "correction";
  fromMs: number;
  toMs: number;
  badDelta: number;
  totalDelta: number;
}

/** What people may add to a ledger, to be checked. */
export type EntryToCheck =
  { kind: "exclusion"; window: ExclusionWindow } | CorrectionFact | { kind: "note"; fromMs: number };

function checkMoment(
  check: Checker,
  atMs: number,
  latestMs: number,
  nowMs: number,
  path: Issue["path"],
): void {
  const earliestMs = nowMs - MAX_AGE_DAYS * DAY_MS;
  const inside = atMs >= earliestMs && atMs <= latestMs;
  const latest = latestMs === nowMs ? "now" : `${MAX_AHEAD_DAYS} days from now`;
  check.expect(inside, path, `Must be between ${MAX_AGE_DAYS} days ago and ${latest}.`);
}

function checkCorrection(check: Checker, fact: CorrectionFact, nowMs: number): void {
  checkMoment(check, fact.fromMs, nowMs, nowMs, ["fromMs"]);
  checkMoment(check, fact.toMs, nowMs, nowMs, ["toMs"]);
  const spanMs = fact.toMs - fact.fromMs;
  if (check.expect(spanMs > 0, ["toMs"], "Must be after the start.")) {
    const message = `Must be within ${MAX_CORRECTION_DAYS} days of the start.`;
    check.expect(spanMs <= MAX_CORRECTION_DAYS * DAY_MS, ["toMs"], message);
  }
  for (const field of ["badDelta", "totalDelta"] as const) {
    check.expect(Math.abs(fact[field]) <= MAX_DELTA, [field], "Must be a number of events.");
  }
  const changes = fact.badDelta !== 0 || fact.totalDelta !== 0;
  check.expect(changes, ["badDelta"], "A correction must change a count.");
}

/** All that is wrong with a fact of the right shape, each with the path of its field; empty when it can be added. */
export function checkEntry(fact: EntryToCheck, nowMs: number): Issue[] {
  const check = new Checker();
  const latestMs = nowMs + MAX_AHEAD_DAYS * DAY_MS;
  switch (fact.kind) {
    case "correction":
      checkCorrection(check, fact, nowMs);
      break;
    case "note":
      checkMoment(check, fact.fromMs, latestMs, nowMs, ["fromMs"]);
      break;
    case "exclusion": {
      const { window } = fact;
      checkExclusions(check, { events: [], windows: [window] }, []);
      if (window.kind === "one_off")
        checkMoment(check, window.startMs, latestMs, nowMs, ["windows", 0, "startMs"]);
      return check.issues.map(({ path, message }) => ({ path: ["window", ...path.slice(2)], message }));
    }
  }
  return check.issues;
}
