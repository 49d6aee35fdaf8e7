import { SLOTS_PER_DAY } from "../slots/slot.ts";

/** A window that ends now and is so many days long. */
export interface RollingWindow {
  kind: "rolling";
  days: number;
}

export const CALENDAR_UNITS = ["week", "month", "quarter"] as const;
export type CalendarUnit = (typeof CALENDAR_UNITS)[number];

/** The current calendar week (from Monday), month or quarter of a time zone. */
export interface CalendarWindow {
  kind: "calendar";
  unit: CalendarUnit;
  /** An IANA name such as `Europe/Berlin`. */
  zone: string;
}

export type SloWindow = RollingWindow | CalendarWindow;

export const MAX_WINDOW_DAYS = 92;
const NOMINAL_DAYS: Record<CalendarUnit, number> = { week: 7, month: 30, quarter: 90 };

/**
 * The days a window is reckoned with where one fixed length is needed: burn-rate factors must not change from
 * month to month, so a calendar month counts 30 days there and a quarter 90.
 */
export function nominalDays(window: SloWindow): number {
  return window.kind === "rolling" ? window.days : NOMINAL_DAYS[window.unit];
}

/** {@link nominalDays} in slots of five minutes. */
export function nominalSlots(window: SloWindow): number {
  return nominalDays(window) * SLOTS_PER_DAY;
}

/** How a window is written: "30d", "month Europe/Berlin". */
export function writeWindow(window: SloWindow): string {
  return window.kind === "rolling" ? `${window.days}d` : `${window.unit} ${window.zone}`;
}

const ROLLING = /^(\d{1,3})([dw])$/;
const CALENDAR = /^(week|month|quarter) (\S+)$/;

/** Reads what {@link writeWindow} writes, and weeks ("4w"); null when it is neither. Ranges and zones are for the validation. */
export function readWindow(text: string): SloWindow | null {
  const rolling = ROLLING.exec(text);
  if (rolling) return { kind: "rolling", days: Number(rolling[1]) * (rolling[2] === "w" ? 7 : 1) };
  const calendar = CALENDAR.exec(text);
  if (!calendar?.[2]) return null;
  return { kind: "calendar", unit: calendar[1] as CalendarUnit, zone: calendar[2] };
}
