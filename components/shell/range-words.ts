import type { TimeRange } from "#lib/contracts/time-range.ts";
import { formatTime } from "#lib/format/time.ts";

/** A range in words: "Last 24 h", or both ends in `zone` with the day left out where it repeats. */
export function rangeInWords(range: TimeRange, zone: string): string {
  if ("lastSeconds" in range) return `Last ${spanInWords(range.lastSeconds)}`;
  const from = formatTime(range.from, "dayClock", zone);
  const sameDay = formatTime(range.from, "day", zone) === formatTime(range.to, "day", zone);
  return `${from} – ${formatTime(range.to, sameDay ? "clock" : "dayClock", zone)}`;
}

/** "90 min", "24 h" and, beyond two days, "7 d". */
function spanInWords(seconds: number): string {
  if (seconds > 172_800 && seconds % 86_400 === 0) return `${seconds / 86_400} d`;
  if (seconds % 3_600 === 0) return `${seconds / 3_600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

/** The short name of a zone at a moment, as in "CET" or "GMT+5:30". */
export function zoneName(zone: string, atMs: number): string {
  if (zone === "UTC") return zone;
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "short" }).formatToParts(
    atMs,
  );
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
}
