import { clsx } from "clsx";
import type { Freeze } from "#lib/contracts/freezes.ts";
import { formatTime } from "#lib/format/time.ts";
import { type CalendarDay, freezesOn } from "./calendar-days.ts";

export interface CalendarProps {
  days: readonly CalendarDay[];
  freezes: readonly Freeze[];
  nowMs: number;
  zone: string;
}

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const isToday = ({ fromMs, toMs }: CalendarDay, nowMs: number) => fromMs <= nowMs && nowMs < toMs;

/** The next weeks as a grid, a week per row; a phone has the agenda instead. */
export function FreezeCalendar({ days, freezes, nowMs, zone }: CalendarProps) {
  const weeks = Array.from({ length: days.length / 7 }, (_, at) => days.slice(at * 7, at * 7 + 7));
  return (
    <table className="mb-3 w-full table-fixed border-collapse max-sm:hidden">
      <caption className="sr-only">Freezes of the next weeks</caption>
      <thead>
        <tr>
          {WEEKDAYS.map((weekday) => (
            <th key={weekday} scope="col" className="text-small text-faint pb-1 text-left font-normal">
              {weekday}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]?.fromMs}>
            {week.map((day) => (
              <td
                key={day.fromMs}
                aria-current={isToday(day, nowMs) ? "date" : undefined}
                className={clsx(
                  "border-line-soft h-19 border px-1.5 py-1 align-top",
                  isToday(day, nowMs) && "bg-raised",
                )}
              >
                <p
                  className={clsx(
                    "text-small",
                    isToday(day, nowMs)
                      ? "text-accent font-semibold"
                      : day.toMs < nowMs
                        ? "text-faint"
                        : "text-dim",
                  )}
                >
                  {formatTime(day.fromMs, "day", zone)}
                </p>
                <ul>
                  {freezesOn(day, freezes, zone).map(({ freeze, hours }) => (
                    <li
                      key={`${freeze.id} ${hours}`}
                      title={`${freeze.name}, ${hours}: ${freeze.reason}`}
                      className={clsx(
                        "text-small mt-0.5 truncate border-l-2 pl-1.5",
                        freeze.cancelledAt
                          ? "border-line-strong text-faint line-through"
                          : "border-exhausted text-ink",
                      )}
                    >
                      <bdi>{freeze.name}</bdi>
                      <span className="text-dim block truncate">{hours}</span>
                    </li>
                  ))}
                </ul>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
