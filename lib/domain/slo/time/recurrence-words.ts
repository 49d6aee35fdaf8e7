import { listOf } from "#lib/domain/words/language.ts";
import type { Recurrence, Weekday, WeekdayRule } from "./recurrence.ts";

const NAMES: Readonly<Record<Weekday, string>> = {
  MO: "Monday",
  TU: "Tuesday",
  WE: "Wednesday",
  TH: "Thursday",
  FR: "Friday",
  SA: "Saturday",
  SU: "Sunday",
};
const UNITS = { DAILY: "day", WEEKLY: "week", MONTHLY: "month" } as const;
const PLACES = ["", "first", "second", "third", "fourth", "fifth"];

/** 1 is "first", -1 "last", -2 "second last". */
function place(nth: number): string {
  if (nth === -1) return "last";
  return nth < 0 ? `${PLACES[-nth]} last` : (PLACES[nth] ?? `${nth}th`);
}

function dayWords({ weekday, nth }: WeekdayRule): string {
  return nth === null ? NAMES[weekday] : `${place(nth)} ${NAMES[weekday]}`;
}

const monthDayWords = (day: number) => (day > 0 ? `${day}` : day === -1 ? "last day" : `${-day}th last day`);

function every({ frequency, interval, byDay, byMonthDay }: Recurrence): string {
  const unit = UNITS[frequency];
  const days = listOf([...byDay.map(dayWords), ...byMonthDay.map(monthDayWords)]);
  const often = interval === 1 ? `every ${unit}` : `every ${interval} ${unit}s`;
  if (days === "") return often;
  if (frequency === "MONTHLY") return `on the ${days} of ${often}`;
  return interval === 1 ? `every ${days}` : `${often} on ${days}`;
}

/** A recurrence as people say it: "every Friday", "on the last Friday of every month, 5 times". */
export function recurrenceInWords(rule: Recurrence): string {
  const { count, untilMs } = rule;
  const times = count === null ? "" : `, ${count} ${count === 1 ? "time" : "times"}`;
  const until = untilMs === null ? "" : `, until ${new Date(untilMs).toISOString().slice(0, 10)}`;
  return `${every(rule)}${times}${until}`;
}
