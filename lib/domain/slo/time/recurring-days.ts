import { DAY_MS } from "../slots/slot.ts";
import { type Recurrence, WEEKDAYS, type WeekdayRule } from "./recurrence.ts";

/** A local date as days since 1970-01-01; 1970-01-01 was a Thursday. */
export type LocalDay = number;

const weekdayIndex = (day: LocalDay): number => (((day + 3) % 7) + 7) % 7;
const mondayOf = (day: LocalDay): LocalDay => day - weekdayIndex(day);

interface MonthDay {
  /** Months since year 0. */
  month: number;
  dayOfMonth: number;
  daysInMonth: number;
}

function monthDay(day: LocalDay): MonthDay {
  const date = new Date(day * DAY_MS);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  return {
    month: year * 12 + month,
    dayOfMonth: date.getUTCDate(),
    daysInMonth: new Date(Date.UTC(year, month + 1, 0)).getUTCDate(),
  };
}

function isNthWeekday(day: LocalDay, { weekday, nth }: WeekdayRule): boolean {
  if (WEEKDAYS[weekdayIndex(day)] !== weekday) return false;
  if (nth === null) return true;
  const { dayOfMonth, daysInMonth } = monthDay(day);
  const fromStart = Math.ceil(dayOfMonth / 7);
  const fromEnd = -Math.ceil((daysInMonth - dayOfMonth + 1) / 7);
  return nth === (nth > 0 ? fromStart : fromEnd);
}

function onByDay(day: LocalDay, rule: Recurrence): boolean {
  return rule.byDay.some((one) => isNthWeekday(day, one));
}

function onMonthDay(day: LocalDay, rule: Recurrence, first: LocalDay): boolean {
  if (rule.byDay.length > 0) return onByDay(day, rule);
  const { dayOfMonth, daysInMonth } = monthDay(day);
  const wanted = rule.byMonthDay.length > 0 ? rule.byMonthDay : [monthDay(first).dayOfMonth];
  return wanted.some((one) => dayOfMonth === (one > 0 ? one : daysInMonth + 1 + one));
}

/**
 * Whether a rule that begins on `first` has an occurrence on `day`, then or later (RFC 5545, 3.3.10; COUNT and UNTIL aside). Intervals
 * count days, weeks from Monday, or months from the first one; a month without the 31st has none.
 */
function recursOn(rule: Recurrence, first: LocalDay, day: LocalDay): boolean {
  switch (rule.frequency) {
    case "DAILY":
      return (day - first) % rule.interval === 0 && (rule.byDay.length === 0 || onByDay(day, rule));
    case "WEEKLY": {
      const inWeek = ((mondayOf(day) - mondayOf(first)) / 7) % rule.interval === 0;
      if (!inWeek) return false;
      return rule.byDay.length > 0 ? onByDay(day, rule) : weekdayIndex(day) === weekdayIndex(first);
    }
    case "MONTHLY": {
      const inMonth = (monthDay(day).month - monthDay(first).month) % rule.interval === 0;
      return inMonth && onMonthDay(day, rule, first);
    }
  }
}

/** The days of a rule up to and with `last`; with a COUNT, at most so many from the first on. Days before `from` are counted, not given. */
export function recurringDays(rule: Recurrence, first: LocalDay, from: LocalDay, last: LocalDay): LocalDay[] {
  const days: LocalDay[] = [];
  let counted = 0;
  // Only a COUNT needs the days before `from`.
  for (let day = rule.count === null ? Math.max(first, from) : first; day <= last; day++) {
    if (!recursOn(rule, first, day)) continue;
    if (rule.count !== null && ++counted > rule.count) break;
    if (day >= from) days.push(day);
  }
  return days;
}
