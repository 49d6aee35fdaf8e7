import { formatTime } from "#lib/format/time.ts";
import { freezesOn } from "./calendar-days.ts";
import type { CalendarProps } from "./freeze-calendar.tsx";

/** The days on which something is frozen, one below the other: what a phone shows of the calendar. */
export function FreezeAgenda({ days, freezes, nowMs, zone }: CalendarProps) {
  const frozen = days
    .filter(({ toMs }) => toMs > nowMs)
    .map((day) => ({ day, holds: freezesOn(day, freezes, zone).filter(({ freeze }) => !freeze.cancelledAt) }))
    .filter(({ holds }) => holds.length > 0);
  if (frozen.length === 0) return null;
  return (
    <ol aria-label="Days with a freeze" className="mb-3 sm:hidden">
      {frozen.map(({ day, holds }) => (
        <li key={day.fromMs} className="border-line-soft flex gap-3 border-t py-1.5 first:border-t-0">
          <span className="text-dim w-14 flex-none">{formatTime(day.fromMs, "day", zone)}</span>
          <ul className="min-w-0">
            {holds.map(({ freeze, hours }) => (
              <li key={`${freeze.id} ${hours}`} className="border-exhausted border-l-2 pl-2 break-words">
                <bdi>{freeze.name}</bdi> <span className="text-dim">{hours}</span>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
