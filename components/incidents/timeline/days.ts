import type { TimelineEntry } from "#lib/contracts/incidents.ts";
import { formatTime } from "#lib/format/time.ts";

/** The entries of one day of the viewer's zone, the newest first. */
export interface TimelineDay {
  day: string;
  entries: TimelineEntry[];
}

/** A timeline by days, the newest on top: whoever is called in has to see what happened last. */
export function daysOf(entries: readonly TimelineEntry[], zone: string): TimelineDay[] {
  const days: TimelineDay[] = [];
  for (const entry of entries.toReversed()) {
    const day = formatTime(entry.at, "date", zone);
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}
