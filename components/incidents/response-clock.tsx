"use client";

import { clsx } from "clsx";
import { Timer, TimerOff } from "lucide-react";
import { useNow } from "#components/shell/clock.ts";
import { formatUtc } from "#lib/format/time.ts";
import { readClock } from "./incident-words.ts";

interface ResponseClockProps {
  respondBy: string | null;
  className?: string;
}

/** The time left to acknowledge, counting down; once it has passed it is loud. */
export function ResponseClock({ respondBy, className }: ResponseClockProps) {
  const nowMs = useNow();
  const reading = nowMs === null ? null : readClock(respondBy, nowMs);
  if (respondBy === null || !reading) return null;
  const Icon = reading.overdue ? TimerOff : Timer;
  return (
    <time
      dateTime={respondBy}
      title={`To be acknowledged by ${formatUtc(respondBy)}`}
      className={clsx(
        "rounded-chip inline-flex items-center gap-1.5 px-1.5 font-medium whitespace-nowrap",
        reading.overdue ? "bg-critical text-accent-ink h-5" : "text-warning",
        className,
      )}
    >
      <Icon size={13} aria-hidden="true" />
      <span className="sr-only">Response clock: </span>
      {reading.words}
    </time>
  );
}
