import { DAY_MS, MINUTE_MS, mergeRanges, slotsOutward, slotStartMs, type SlotRange } from "../slots/slot.ts";
import { readRecurrence } from "./recurrence.ts";
import { recurringDays } from "./recurring-days.ts";
import { asUtcMs, instantOf, type LocalTime } from "./zone.ts";

/** One span of time that the SLO does not speak of. */
export interface OneOffExclusion {
  kind: "one_off";
  startMs: number;
  endMs: number;
  reason: string;
}

/** A span that comes again by a rule, at the wall clock of a zone. */
export interface RecurringExclusion {
  kind: "recurring";
  /** The first day and the time of day of each occurrence. */
  start: LocalTime;
  durationMinutes: number;
  /** The subset of RRULE that `readRecurrence` reads. */
  rule: string;
  zone: string;
  reason: string;
}

/** Planned maintenance and the like; rounded outward to slots. */
export type ExclusionWindow = OneOffExclusion | RecurringExclusion;

/** No occurrence is longer: a longer absence is no maintenance but another SLO. */
export const MAX_EXCLUSION_MINUTES = 7 * 1440;

/** The occurrences of a recurring window that touch a range; those of a rule that cannot be read are none. */
function occurrences(window: RecurringExclusion, range: SlotRange): SlotRange[] {
  const reading = readRecurrence(window.rule);
  if (!reading.ok) return [];
  const { rule } = reading;
  const firstDay = Math.floor(asUtcMs(window.start) / DAY_MS);
  // A day either side: a local date is up to 14 hours off the one in UTC.
  const fromDay = Math.floor((slotStartMs(range.from) - window.durationMinutes * MINUTE_MS) / DAY_MS) - 1;
  const lastDay = Math.floor(slotStartMs(range.to) / DAY_MS) + 1;
  const { year, month, day } = window.start;
  return recurringDays(rule, firstDay, fromDay, lastDay)
    .map((local) => {
      const daysOn = local - Math.floor(Date.UTC(year, month - 1, day) / DAY_MS);
      return instantOf({ ...window.start, day: day + daysOn }, window.zone);
    })
    .filter((startMs) => rule.untilMs === null || startMs <= rule.untilMs)
    .map((startMs) => slotsOutward(startMs, startMs + window.durationMinutes * MINUTE_MS));
}

function clip({ from, to }: SlotRange, within: SlotRange): SlotRange {
  return { from: Math.max(from, within.from), to: Math.min(to, within.to) };
}

/** The slots that exclusion windows leave out within a range, in order, overlaps made one. */
export function excludedRanges(windows: readonly ExclusionWindow[], range: SlotRange): SlotRange[] {
  const ranges = windows.flatMap((window) =>
    window.kind === "one_off" ? [slotsOutward(window.startMs, window.endMs)] : occurrences(window, range),
  );
  return mergeRanges(ranges.map((one) => clip(one, range)));
}

/** Whether a window takes away what was already measured; adding or changing such a one needs a second person. */
export function isRetroactive(window: ExclusionWindow, nowMs: number): boolean {
  return (window.kind === "one_off" ? window.startMs : instantOf(window.start, window.zone)) < nowMs;
}
