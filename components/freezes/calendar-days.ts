import type { Freeze } from "#lib/contracts/freezes.ts";
import { instantOf, localTimeAt } from "#lib/domain/slo/time/zone.ts";
import { formatTime } from "#lib/format/time.ts";

/** A day of the calendar, from midnight to midnight on the reader's wall clock: 23 to 25 hours. */
export interface CalendarDay {
  fromMs: number;
  toMs: number;
}

/** Whole weeks from the Monday of the current one. */
export function calendarDays(nowMs: number, zone: string, weeks: number): CalendarDay[] {
  const { year, month, day } = localTimeAt(nowMs, zone);
  const weekday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
  const midnight = (offset: number) =>
    instantOf({ year, month, day: day - weekday + offset, hour: 0, minute: 0 }, zone);
  return Array.from({ length: weeks * 7 }, (_, at) => ({ fromMs: midnight(at), toMs: midnight(at + 1) }));
}

/** A freeze on one day: its hours there in words. */
export interface DayFreeze {
  freeze: Freeze;
  hours: string;
}

/** What holds on a day, in the order in which it begins. */
export function freezesOn(
  { fromMs, toMs }: CalendarDay,
  freezes: readonly Freeze[],
  zone: string,
): DayFreeze[] {
  return freezes
    .flatMap((freeze) =>
      freeze.spans.map(({ from, to }) => ({ freeze, beginsMs: Date.parse(from), endsMs: Date.parse(to) })),
    )
    .filter(({ beginsMs, endsMs }) => beginsMs < toMs && endsMs > fromMs)
    .sort((a, b) => a.beginsMs - b.beginsMs)
    .map(({ freeze, beginsMs, endsMs }) => {
      const begins = beginsMs <= fromMs ? null : formatTime(beginsMs, "clock", zone);
      const ends = endsMs >= toMs ? null : formatTime(endsMs, "clock", zone);
      return { freeze, hours: hoursInWords(begins, ends) };
    });
}

function hoursInWords(begins: string | null, ends: string | null): string {
  if (begins === null) return ends === null ? "all day" : `until ${ends}`;
  return ends === null ? `from ${begins}` : `${begins}–${ends}`;
}
