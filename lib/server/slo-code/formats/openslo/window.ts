import "server-only";
import type { CalendarUnit, SloWindow } from "#lib/domain/slo/definition/windows.ts";
import type { SourceDocument } from "../../source/document.ts";
import { readDays } from "../duration.ts";
import type { TimeWindow } from "./shapes.ts";

const PATH = ["spec", "timeWindow", 0];
const DURATION = [...PATH, "duration"];
const UNITS: Readonly<Record<string, CalendarUnit>> = {
  "1w": "week",
  "7d": "week",
  "1M": "month",
  "1Q": "quarter",
  "3M": "quarter",
};
const START = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?$/;
/** A Monday that begins a month and a quarter. */
export const CALENDAR_START = "2024-01-01 00:00:00";
const MONDAY = 1;

/** Whether a calendar period that begins then is one of ours; months in which quarters begin are 1, 4, 7 and 10. */
function isOurStart(unit: CalendarUnit, text: string): boolean {
  const [, year, month, day, hour, minute, second] = START.exec(text) ?? [];
  if (year === undefined || Number(hour) + Number(minute) + Number(second ?? 0) !== 0) return false;
  if (unit === "week")
    return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDay() === MONDAY;
  return day === "01" && (unit === "month" || Number(month) % 3 === 1);
}

function readCalendar(
  document: SourceDocument,
  duration: string,
  { startTime, timeZone }: NonNullable<TimeWindow["calendar"]>,
): SloWindow | null {
  const unit = Object.hasOwn(UNITS, duration) ? UNITS[duration] : undefined;
  if (unit === undefined) {
    document.note("error", DURATION, "A calendar window is a week (1w), a month (1M) or a quarter (1Q).");
    return null;
  }
  if (!isOurStart(unit, startTime))
    document.note(
      "warning",
      [...PATH, "calendar", "startTime"],
      `A calendar ${unit} begins at 0:00 on ${unit === "week" ? "Monday" : `the first of the ${unit}`}.`,
    );
  return { kind: "calendar", unit, zone: timeZone };
}

/** The window of an OpenSLO object; null, and noted, where we have none such. */
export function readTimeWindow(
  document: SourceDocument,
  { duration, calendar }: TimeWindow,
): SloWindow | null {
  if (calendar) return readCalendar(document, duration, calendar);
  const days = readDays(duration);
  if (days === null) {
    document.note("error", DURATION, 'A rolling window is of whole days, as "30d" or "4w".');
    return null;
  }
  return { kind: "rolling", days };
}
