/** A date and time as a clock on the wall shows it, without saying where. Months count from 1. */
export interface LocalTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Building a format costs far more than using it, and the names of zones are few. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "iso8601",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(zone, format);
  return format;
}

/** Whether a name is a time zone of the IANA database that this runtime knows; offsets such as "+02:00" are none. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** The wall clock of a zone at an instant. Throws a RangeError on an unknown zone. */
export function localTimeAt(atMs: number, zone: string): LocalTime {
  const parts = formatOf(zone).formatToParts(atMs);
  const read = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  return {
    year: read("year"),
    month: read("month"),
    day: read("day"),
    hour: read("hour"),
    minute: read("minute"),
  };
}

/** The wall clock read as if it stood in UTC, in ms. Fields past their range carry over: month 13 is next January. */
export function asUtcMs({ year, month, day, hour, minute }: LocalTime): number {
  return Date.UTC(year, month - 1, day, hour, minute);
}

function offsetMsAt(atMs: number, zone: string): number {
  const wholeMinute = Math.floor(atMs / 60_000) * 60_000;
  return asUtcMs(localTimeAt(wholeMinute, zone)) - wholeMinute;
}

/**
 * The instant, in ms, at which the wall clock of a zone shows a time. A time that the clock skips moves on by the
 * length of the skip (02:30 → 03:30), one that it shows twice means the first, as RFC 5545 has it.
 */
export function instantOf(local: LocalTime, zone: string): number {
  const naiveMs = asUtcMs(local);
  // The offsets a day before and after are those around any change of the clock that may lie between.
  const before = offsetMsAt(naiveMs - 86_400_000, zone);
  const after = offsetMsAt(naiveMs + 86_400_000, zone);
  const withBefore = naiveMs - before;
  if (before === after || offsetMsAt(withBefore, zone) === before) return withBefore;
  const withAfter = naiveMs - after;
  return offsetMsAt(withAfter, zone) === after ? withAfter : withBefore;
}
