import { readRecurrence } from "../time/recurrence.ts";
import {
  excludedRanges,
  type ExclusionWindow,
  MAX_EXCLUSION_MINUTES,
  type OneOffExclusion,
  type RecurringExclusion,
} from "../time/exclusion-windows.ts";
import { asUtcMs, isZone } from "../time/zone.ts";
import { DAY_MS, MINUTE_MS, slotAt, SLOTS_PER_DAY } from "../slots/slot.ts";
import { checkMatchers } from "./check-sli.ts";
import type { Exclusions } from "./definition.ts";
import type { Checker, Issue } from "./issue.ts";

const FIRST_YEAR = 2000;
const LAST_YEAR = 2100;
const LOOK_AHEAD_DAYS = 367;
const MAX_SHARE = 0.5;

function checkOneOff(check: Checker, { startMs, endMs }: OneOffExclusion, path: Issue["path"]): void {
  if (!check.expect(Number.isFinite(startMs), [...path, "startMs"], "Must be a time.")) return;
  if (!check.expect(endMs > startMs, [...path, "endMs"], "Must be after the start.")) return;
  const short = endMs - startMs <= MAX_EXCLUSION_MINUTES * MINUTE_MS;
  check.expect(
    short,
    [...path, "endMs"],
    `Must be within ${MAX_EXCLUSION_MINUTES / 1440} days of the start.`,
  );
}

/** Whether the fields are a date and time that exist: not 30 February, not 25:00. */
function isLocalTime(start: RecurringExclusion["start"]): boolean {
  const fields = [start.year, start.month, start.day, start.hour, start.minute];
  if (!fields.every(Number.isInteger)) return false;
  const date = new Date(asUtcMs(start));
  const read = [
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
  ];
  return fields.every((field, at) => field === read[at]);
}

function checkRecurring(check: Checker, window: RecurringExclusion, path: Issue["path"]): void {
  check.expect(isLocalTime(window.start), [...path, "start"], "Must be a date and time that exist.");
  check.expect(isZone(window.zone), [...path, "zone"], `"${window.zone}" is no time zone.`);
  check.whole(window.durationMinutes, 1, MAX_EXCLUSION_MINUTES, [...path, "durationMinutes"]);
  const inReach = window.start.year >= FIRST_YEAR && window.start.year <= LAST_YEAR;
  check.expect(inReach, [...path, "start", "year"], `Must be between ${FIRST_YEAR} and ${LAST_YEAR}.`);
  const reading = readRecurrence(window.rule);
  if (!reading.ok) check.expect(false, [...path, "rule"], reading.reason);
  if (check.issues.length === 0) checkShare(check, window, path);
}

/** A rule that never comes true, or leaves hardly anything to measure, is not what anybody meant. */
function checkShare(check: Checker, window: RecurringExclusion, path: Issue["path"]): void {
  const from = slotAt(asUtcMs(window.start) - DAY_MS);
  const to = from + LOOK_AHEAD_DAYS * SLOTS_PER_DAY;
  const excluded = excludedRanges([window], { from, to }).reduce((sum, one) => sum + one.to - one.from, 0);
  check.expect(excluded > 0, [...path, "rule"], "Never comes true within a year.");
  const message = "Leaves less than half of the time to be measured.";
  check.expect(excluded <= (to - from) * MAX_SHARE, [...path, "durationMinutes"], message);
}

/** Checks what an SLO does not speak of. */
export function checkExclusions(check: Checker, { events, windows }: Exclusions, path: Issue["path"]): void {
  checkMatchers(check, events, [...path, "events"]);
  events.forEach(({ operator }, at) => {
    const says = operator === "=" || operator === "=~";
    check.expect(says, [...path, "events", at, "operator"], "Must say what is left out: = or =~.");
  });
  windows.forEach((window: ExclusionWindow, at) => {
    const here = [...path, "windows", at];
    check.expect(window.reason.trim() !== "", [...here, "reason"], "Must have a reason.");
    if (window.kind === "one_off") checkOneOff(check, window, here);
    else checkRecurring(check, window, here);
  });
}
