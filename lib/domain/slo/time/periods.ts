import type { CalendarUnit, CalendarWindow, SloWindow } from "../definition/windows.ts";
import { SLOT_MS, SLOTS_PER_DAY, slotAt, type SlotRange } from "../slots/slot.ts";
import { asUtcMs, instantOf, type LocalTime, localTimeAt } from "./zone.ts";

/** A span of time; the end is not part of it. Both in ms since 1970. */
export interface Period {
  startMs: number;
  endMs: number;
}

const MONTHS_OF_UNIT: Record<Exclude<CalendarUnit, "week">, number> = { month: 1, quarter: 3 };

/** The first local day of the unit that holds a local time; `steps` units later if asked. */
function firstDay(local: LocalTime, unit: CalendarUnit, steps: number): LocalTime {
  const midnight = { ...local, hour: 0, minute: 0 };
  if (unit === "week") {
    const daysSinceMonday = (new Date(asUtcMs(midnight)).getUTCDay() + 6) % 7;
    return { ...midnight, day: local.day - daysSinceMonday + 7 * steps };
  }
  const months = MONTHS_OF_UNIT[unit];
  const month = Math.floor((local.month - 1) / months) * months + 1 + months * steps;
  return { ...midnight, month, day: 1 };
}

/**
 * The calendar week, month or quarter of a zone that holds an instant, `steps` periods later (-1: the one before).
 * Its length follows the clock: a week with a change to summer time has 167 hours.
 */
export function calendarPeriod({ unit, zone }: CalendarWindow, atMs: number, steps = 0): Period {
  const local = localTimeAt(atMs, zone);
  return {
    startMs: instantOf(firstDay(local, unit, steps), zone),
    endMs: instantOf(firstDay(local, unit, steps + 1), zone),
  };
}

/** Where a window stands at an instant. The same for every SLO with that window: worth computing once per tick. */
export interface WindowNow {
  /** The length of W; of a calendar window, that of the current period. */
  slots: number;
  /** The slots of W that lie behind, the open one with them. */
  soFar: SlotRange;
  /** The calendar period; null for a rolling window, which has neither beginning nor end. */
  period: Period | null;
  /** The share of the calendar period that has passed, 0..1. */
  elapsedRatio: number | null;
  /** Until the calendar period ends and the budget is whole again. */
  secondsLeft: number | null;
}

/** {@link WindowNow} of a window. */
export function windowNow(window: SloWindow, nowMs: number): WindowNow {
  const to = slotAt(nowMs) + 1;
  if (window.kind === "rolling") {
    const slots = window.days * SLOTS_PER_DAY;
    return { slots, soFar: { from: to - slots, to }, period: null, elapsedRatio: null, secondsLeft: null };
  }
  const period = calendarPeriod(window, nowMs);
  const lengthMs = period.endMs - period.startMs;
  return {
    slots: lengthMs / SLOT_MS,
    soFar: { from: slotAt(period.startMs), to },
    period,
    elapsedRatio: (nowMs - period.startMs) / lengthMs,
    secondsLeft: (period.endMs - nowMs) / 1000,
  };
}
